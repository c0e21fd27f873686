package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import java.util.List;
import java.util.Optional;

/** Holds a document's {@code apiVersion} and {@code kind} against each other. */
final class ApiVersions {
    /** The groups all of whose workload kinds are Writ's business: in another group a kind is somebody else's. */
    private static final List<String> OURS = List.of(Kinds.KUMA, Kinds.SPIRE, "", "apps", "batch", "extensions");

    private ApiVersions() {}

    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Whether the pair can be; if not, a finding says what was probably meant. */
    static boolean fits(Located<String> kind, Located<String> apiVersion, DiagnosticSink sink) {
        String group = group(apiVersion.value());
        if (!OURS.contains(group)) {
            return true;
        }
        boolean elsewhere =
                Kinds.isModelled(kind.value()) && Kinds.treatment(group, kind.value()) != Kinds.Treatment.MODELLED;
        boolean otherVersion = group.equals(Kinds.KUMA) && !apiVersion.value().equals("kuma.io/v1alpha1");
        if (elsewhere || otherVersion) {
            String right = elsewhere ? Kinds.apiVersion(kind.value()) : "kuma.io/v1alpha1";
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    apiVersion.span(),
                    "`" + apiVersion.value() + "` has no `" + kind.value() + "`",
                    "did you mean `" + right + "`?");
            return false;
        }
        Optional<String> near = Kinds.treatment(group, kind.value()) == Kinds.Treatment.MODELLED
                ? Optional.empty()
                : Kinds.near(group, kind.value());
        near.ifPresent(meant -> sink.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                kind.span(),
                "unknown kind `" + kind.value() + "`",
                "did you mean `" + meant + "`?"));
        return near.isEmpty();
    }
}
