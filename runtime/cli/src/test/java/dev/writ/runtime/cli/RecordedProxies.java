package dev.writ.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A recorded run of a real Kuma: what its control plane had taken, and the config dumps of its proxies. */
record RecordedProxies(Path folder) {
    private static final Path ALL = Path.of(System.getProperty("writ.root"), "..", "shared", "kuma", "scenarios")
            .normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REFUSED = 400;

    /** Skips the test where the recordings are not there. */
    static RecordedProxies of(String scenario) {
        Assumptions.assumeTrue(Files.isDirectory(ALL), "no recorded scenarios");
        return new RecordedProxies(ALL.resolve(scenario));
    }

    static List<RecordedProxies> all() throws IOException {
        if (!Files.isDirectory(ALL)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(RecordedProxies::new).toList();
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    String target() {
        return name().startsWith("v214-") ? "kuma-2.14" : "kuma-3";
    }

    List<Path> dumps() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("envoy-"))
                    .sorted()
                    .toList();
        }
    }

    Path dump(String dataplane) {
        return folder.resolve("envoy-" + dataplane + ".json");
    }

    /** What was applied, without what was refused. */
    String resources() throws IOException {
        Set<String> refused = new HashSet<>();
        for (JsonNode applied :
                JSON.readTree(folder.resolve("result.json").toFile()).path("apply")) {
            if (applied.path("status").asInt() >= REFUSED) {
                refused.add(applied.path("type").asText() + "/"
                        + applied.path("name").asText());
            }
        }
        List<String> taken = new ArrayList<>();
        for (String document : Files.readString(folder.resolve("input.yaml")).split("(?m)^---$", -1)) {
            if (!refused.contains(field(document, "type") + "/" + field(document, "name"))) {
                taken.add(document);
            }
        }
        return String.join("---", taken);
    }

    private static String field(String document, String name) {
        return document.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return name();
    }
}
