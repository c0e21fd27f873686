package dev.writ.runtime.cli;

import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the trust domain of a SPIRE server from its configuration: the file {@code server.conf} in HCL or JSON
 * ({@code doc/spire_server.md} of spiffe/spire: {@code trust_domain} of the block {@code server}), or the ConfigMap in which SPIRE's
 * Helm chart keeps it. Nothing else of it is read.
 */
final class SpireServerConfig {
    private static final Pattern FILE = Pattern.compile(".*\\.(conf|hcl)");
    private static final int MAX_BYTES = 1024 * 1024;

    /** At the start of a line, so that a comment is none; in JSON, and in JSON inside YAML, after a brace or comma too. */
    private static final Pattern TRUST_DOMAIN =
            Pattern.compile("(?m)(?:^|[{,])\\s*\\\\?\"?trust_domain\\\\?\"?\\s*[=:]\\s*\\\\?\"([^\"\\\\]+)\\\\?\"");

    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---\\s*$");
    private static final Pattern CONFIG_MAP = Pattern.compile("(?m)^\\s*\"?kind\"?:\\s*\"?ConfigMap\"?,?\\s*$");
    private static final Pattern SERVER_FILE = Pattern.compile("(?m)^\\s*\"?server\\.(conf|json)\"?\\s*:");

    private SpireServerConfig() {}

    /** Whether a source is one by its name. */
    static boolean isOne(String source) {
        return FILE.matcher(source).matches() && Files.isRegularFile(Path.of(source));
    }

    /** The trust domain in a file; empty if it has none, or several. */
    static Optional<String> trustDomain(Path file) throws IOException {
        return Files.size(file) > MAX_BYTES ? Optional.empty() : only(trustDomains(Files.readString(file)));
    }

    /** The one in the ConfigMaps among the sources; empty if there is none, or several servers have another each. */
    static Optional<String> trustDomain(List<SourceFile> files) {
        SortedSet<String> all = new TreeSet<>();
        for (SourceFile file : files) {
            if (!file.text().contains("trust_domain")) {
                continue;
            }
            for (String document : DOCUMENTS.split(file.text())) {
                if (CONFIG_MAP.matcher(document).find()
                        && SERVER_FILE.matcher(document).find()) {
                    all.addAll(trustDomains(document));
                }
            }
        }
        return only(all);
    }

    private static SortedSet<String> trustDomains(String text) {
        SortedSet<String> all = new TreeSet<>();
        TRUST_DOMAIN.matcher(text).results().forEach(found -> all.add(found.group(1)));
        return all;
    }

    private static Optional<String> only(SortedSet<String> trustDomains) {
        return trustDomains.size() == 1 ? Optional.of(trustDomains.first()) : Optional.empty();
    }
}
