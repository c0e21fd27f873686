package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.Resource.SecretResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what data sources point to, as far as it is at hand: a file of the control plane below the folder that stands for its
 * file system, a Secret among the sources, an inline text. An environment variable of the control plane never is.
 */
final class SecretTexts {
    /** Of a chain of certificates with room to spare; a larger file is none. */
    private static final long MOST_BYTES = 1 << 20;

    /** The key under which Kuma keeps a Secret's value in Kubernetes. */
    private static final String VALUE = "value";

    private final List<Placed<SecretResource>> secrets;
    private final ModelOptions options;

    SecretTexts(List<Placed<SecretResource>> secrets, ModelOptions options) {
        this.secrets = secrets;
        this.options = options;
    }

    /** What a data source gives. */
    sealed interface Found {
        record Text(String value) implements Found {}

        /** Nothing here; the control plane may have it. */
        record Nothing(String reason, String help) implements Found {}
    }

    /**
     * The text of a source.
     *
     * @param namespace of the resource that names the source; empty in the universal form
     */
    Found read(DataSource source, String mesh, String namespace) {
        return switch (source) {
            case DataSource.File file -> file(file.text().value());
            case DataSource.Secret secret -> secret(secret.text().value(), mesh, namespace);
            case DataSource.EnvVar variable ->
                new Found.Nothing(
                        "the environment variable `" + variable.text().value() + "` is the control plane's",
                        "identity and policy are judged all the same");
            case DataSource.Inline inline -> new Found.Text(inline.text().value());
        };
    }

    private Found file(String path) {
        Path root = options.files();
        if (root == null) {
            return new Found.Nothing(
                    "the file `" + path + "` is the control plane's",
                    "`--files DIR` gives a folder that stands for its file system");
        }
        String help = "it is looked for below `" + root + "`, which stands for the control plane's file system";
        try {
            Path below = root.toRealPath();
            Path file = below.resolve(path.replaceFirst("^/+", "")).normalize();
            if (!file.startsWith(below) || !file.toRealPath().startsWith(below)) {
                return new Found.Nothing("the file `" + path + "` leaves the folder of `--files`", help);
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return new Found.Nothing("`" + path + "` is no file of a certificate's or key's size", help);
            }
            return new Found.Text(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException | InvalidPathException e) {
            return new Found.Nothing("there is no file `" + path + "` to read", help);
        }
    }

    private Found secret(String name, String mesh, String namespace) {
        Optional<Map<String, SourceText>> data = secrets.stream()
                .filter(placed -> placed.name().equals(name))
                .filter(placed -> placed.isUniversal()
                        ? placed.mesh().equals(mesh)
                        : namespace.isEmpty() || placed.namespace().equals(namespace))
                .map(placed -> placed.resource().data())
                .findFirst();
        if (data.isEmpty()) {
            return new Found.Nothing(
                    "no Secret `" + name + "` is among the sources", "identity and policy are judged all the same");
        }
        SourceText value = valueOf(data.get());
        return value == null
                ? new Found.Nothing(
                        "the Secret `" + name + "` has no `" + VALUE + "`", "Kuma reads `data." + VALUE + "`")
                : new Found.Text(value.value());
    }

    private static @Nullable SourceText valueOf(Map<String, SourceText> data) {
        SourceText value = data.get(VALUE);
        return value == null && data.size() == 1 ? data.values().iterator().next() : value;
    }
}
