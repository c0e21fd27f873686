package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code writ explain} on the resources of Kong Mesh's SPIRE guide and of the post on builtin mTLS: all judges say the same. */
class ExplainSeedsTest {
    private static final Path ROOT = Path.of(System.getProperty("writ.root"));
    private static final Path SEEDS = ROOT.resolve("../shared/seeds").normalize();
    private static final Pattern APPLIED = Pattern.compile("echo \"\\n?(.*?)\" \\| kubectl apply", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(type: Mesh\\n.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        // the demo as it is installed: builtin mTLS and a legacy `from`
        "demo,                         demo-app,  kv,       allow, rbac, kv",
        "demo,                         kv,        demo-app, deny,  rbac, default",
        "demo,                         plaintext, kv,       deny,  tls,",
        "demo,                         anonymous, kv,       deny,  tls,",
        // with SPIRE's identities
        "demo spire identity,          demo-app,  kv,       deny,  rbac, default",
        "demo spire identity permission, demo-app, kv,      allow, rbac, mtp",
        "demo spire identity permission, kv,      demo-app, allow, rbac, mtp",
        "demo spire identity permission, spiffe://default.default.mesh.local/ns/other/sa/default, kv, deny, rbac, default",
        "demo spire identity permission, spiffe://example.org/ns/kong-mesh-demo/sa/default, kv, deny, tls,",
    })
    void spire(String files, String from, String to, String decision, String stage, String rule) throws IOException {
        List<String> command = explain("--to", "kong-mesh-demo/" + to);
        for (String file : files.split(" ")) {
            command.add(ROOT.resolve("features/kong-mesh-spire/" + file + ".yaml")
                    .normalize()
                    .toString());
        }
        boolean isWorkload = List.of("demo-app", "kv").contains(from);
        command.addAll(List.of("--from", isWorkload ? "kong-mesh-demo/" + from : from));
        assertJudged(command, decision, stage, rule);
    }

    @ParameterizedTest
    @CsvSource({
        "frontend-1, allow, rbac, monolith-callers",
        "batch-1,    deny,  rbac, default",
        "anonymous,  deny,  tls,",
        "spiffe://default/monolith-service_svc_5000, deny, rbac, default",
        "spiffe://other/monolith-service_svc_5000, deny, tls,",
    })
    void builtin(String from, String decision, String stage, String rule) throws IOException {
        List<String> command = explain("--to", "monolith-1", "--zone", "on_prem", "--from", from);
        command.add(ROOT.resolve("features/builtin-mtls").normalize().toString());
        assertJudged(command, decision, stage, rule);
    }

    /** The certificate that the post shows. */
    @Test
    void aCertificateOfBuiltinMtlsHasSeveralSans() throws IOException {
        List<String> command = explain("--to", "monolith-1", "--zone", "on_prem");
        for (String san : List.of(
                "spiffe://default/frontend_svc_8080",
                "kuma://kuma.io/protocol/http",
                "kuma://kuma.io/service/frontend_svc_8080",
                "kuma://kuma.io/zone/on_prem")) {
            command.addAll(List.of("--from", san));
        }
        command.add(ROOT.resolve("features/builtin-mtls").normalize().toString());
        assertJudged(command, "allow", "rbac", "monolith-callers");
    }

    /** What the features read is what was published, but for the indentation that lists of a text have. */
    @Test
    void theResourcesAreAsPublished() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SEEDS), "the seeds are not beside the project");
        List<String> applied = published("001_", APPLIED);
        List<String> names = List.of("demo", "spire", "identity", "permission");
        assertThat(applied).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            assertThat(read("features/kong-mesh-spire/" + names.get(i) + ".yaml")
                            .strip())
                    .isEqualTo(applied.get(i).stripIndent().strip());
        }
        assertThat(read("features/builtin-mtls/mesh.yaml"))
                .isEqualTo(published("004_", BLOCK).getFirst());
    }

    private static List<String> published(String seed, Pattern pattern) throws IOException {
        try (Stream<Path> seeds = Files.list(SEEDS)) {
            Path file = seeds.filter(path -> path.getFileName().toString().startsWith(seed))
                    .findFirst()
                    .orElseThrow();
            return pattern.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult result) -> result.group(1))
                    .toList();
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static List<String> explain(String... options) {
        List<String> command =
                new ArrayList<>(List.of("explain", "--target", "kuma-2.14", "--judge", "all", "--format", "json"));
        command.addAll(List.of(options));
        return command;
    }

    private static void assertJudged(List<String> command, String decision, String stage, String rule)
            throws IOException {
        command.addAll(List.of("--expect", decision));
        CommandRun run = CommandRun.of(command.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode explained = new ObjectMapper().readTree(run.out());
        assertThat(explained.path("agree").asBoolean()).isTrue();
        assertThat(explained.path("verdicts")).hasSize(3);
        for (JsonNode verdict : explained.path("verdicts")) {
            if (verdict.path("decision").isNull()) {
                assertThat(System.getenv("CI")).as(verdict.toString()).isNotEqualTo("true");
                System.out.println("SKIPPED: " + verdict.path("reason").asText());
                continue;
            }
            assertThat(verdict.path("decision").asText()).isEqualTo(decision);
            assertThat(verdict.path("stage").asText()).isEqualTo(stage);
            assertThat(verdict.path("rule").asText(null)).isEqualTo(rule);
        }
    }
}
