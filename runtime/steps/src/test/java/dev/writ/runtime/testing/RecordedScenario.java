package dev.writ.runtime.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run of a real Kuma that was recorded: what was applied, what the control plane sent, what traffic did. */
public record RecordedScenario(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ALL = Path.of(System.getProperty("writ.root"), "..", "shared", "kuma", "scenarios")
            .normalize();

    /** All that are there, by name. */
    public static List<RecordedScenario> all() throws IOException {
        if (!Files.isDirectory(ALL)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(RecordedScenario::new).toList();
        }
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /** The number that stands in its name. */
    public String number() {
        return name().replaceAll("^(v214-)?(\\d+).*", "$2");
    }

    public Target target() {
        return name().startsWith("v214-") ? Target.KUMA_2_14 : Target.KUMA_3;
    }

    /** What the control plane had taken, without what it refused. */
    public Compilation compile() {
        Set<String> refused = new HashSet<>();
        for (JsonNode applied : result().path("apply")) {
            if (applied.path("status").asInt() >= 400) {
                refused.add(applied.path("type").asText() + "/"
                        + applied.path("name").asText());
            }
        }
        List<String> taken = new ArrayList<>();
        for (String document : text("input.yaml").split("(?m)^---$", -1)) {
            String resource = field(document, "type") + "/" + field(document, "name");
            if (!refused.contains(resource)) {
                taken.add(document);
            }
        }
        SourceFile file = new SourceFile(name() + ".yaml", String.join("---", taken));
        return PolicyCompiler.compile(List.of(file), List.of(), ModelOptions.DEFAULT.withTarget(target()));
    }

    public JsonNode result() {
        return json("result.json");
    }

    /** The server name by which the client's proxy calls. */
    public Optional<String> serverName() {
        return Files.exists(folder.resolve("xds-demo-app-1.json"))
                ? json("xds-demo-app-1.json").findValuesAsText("sni").stream().findFirst()
                : Optional.empty();
    }

    /** Whether the callee answered who called it in plaintext. */
    public boolean answersPlaintext() {
        return result().path("plaintextDirectToKvInbound").path("code").asText().equals("200");
    }

    /** What the counters of the callee's RBAC grew by. */
    public Map<String, Integer> counters() {
        Map<String, Integer> counters = new TreeMap<>();
        result().path("rbacStatsDelta")
                .properties()
                .forEach(counter ->
                        counters.put(counter.getKey(), counter.getValue().asInt()));
        return counters;
    }

    /** What one of them grew by, whatever stands before its name. */
    public int counted(String counter) {
        return counters().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".rbac." + counter))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static String field(String document, String name) {
        return document.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    private JsonNode json(String file) {
        try {
            return JSON.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
