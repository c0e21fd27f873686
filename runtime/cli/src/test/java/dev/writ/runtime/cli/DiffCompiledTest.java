package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.runtime.testing.RandomKumaMesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that {@code compile} wrote as sides of a difference: they say what their sources say, or why they cannot be read. */
class DiffCompiledTest {
    private static final String POLICY = """
            mesh default zone default

            identity workloads {
              id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
              issue bundled { autogenerate  self-signed }
            }

            workload shop/web {
              service-account web
            }

            workload shop/kv {
              port 5050 http
            }

            permission callers on workload shop/kv {
              RULES
            }
            """;
    private static final String SHOP = "spiffe://default.default.mesh.local/ns/shop";

    @TempDir
    private Path folder = Path.of("");

    private Path policy(String name, String rules) throws IOException {
        return Files.writeString(folder.resolve(name + ".writ"), POLICY.replace("RULES", rules));
    }

    private Path compiled(String name, Path source, String... options) {
        Path out = folder.resolve(name);
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("compile", source, "--out", out), Stream.of(options))
                .toArray());
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FINE);
        return out;
    }

    private static JsonNode json(Object... sides) throws IOException {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("diff", "--format", "json"), Stream.of(sides))
                .toArray());
        assertThat(run.exit()).as(run.err()).isLessThan(ExitCode.USAGE);
        return new ObjectMapper().readTree(run.out());
    }

    private static Set<String> callees(JsonNode difference, String kind) {
        Set<String> callees = new TreeSet<>();
        difference.path(kind).forEach(one -> callees.add(one.path("to").asText()));
        return callees;
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json", "binary"})
    void foldersOfTheTargetEnvoyDifferAsTheirSourcesDo(String format) throws IOException {
        Path before = policy("before", "allow " + SHOP + "/sa/web to GET \"/api/**\"");
        Path after = policy("after", "allow " + SHOP + "/** to GET \"/api/**\"");
        Path one = compiled("one", before, "--format", format);
        Path other = compiled("other", after, "--format", format);
        for (Object[] sides : new Object[][] {{one, other}, {before, other}, {one, after}}) {
            JsonNode difference = json(sides);
            assertThat(callees(difference, "newlyAllowed")).containsExactly("shop/kv:5050");
            assertThat(difference.path("newlyAllowed").path(0).path("from").asText())
                    .startsWith(SHOP + "/");
            assertThat(difference.path("newlyDenied")).isEmpty();
            assertThat(difference.path("identities")).isEmpty();
        }
        assertThat(CommandRun.of("diff", before, one).exit()).isEqualTo(ExitCode.FINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuma-2.12", "kuma-2.13", "kuma-2.14", "kuma-3"})
    void foldersOfKumaSayWhatTheirSourcesSay(String target) throws IOException {
        Random random = new Random(target.hashCode());
        int compared = 0;
        for (int i = 0; i < 3; i++) {
            Path source = Files.writeString(
                    folder.resolve(i + ".yaml"), new RandomKumaMesh(random, !target.equals("kuma-3")).generate());
            Path out = folder.resolve("out-" + i);
            CommandRun compile = CommandRun.of("compile", source, "--target", target, "--out", out);
            assertThat(compile.exit()).as(compile.err()).isLessThan(ExitCode.USAGE);
            if (compile.exit() == ExitCode.FINE && Files.isDirectory(out)) {
                JsonNode same = json(source, out, "--target", target);
                // Whom a SPIRE agent vouches for its proxies' config does not say.
                boolean isSpire = same.toString().contains("the secret `ALL` is not part of the config");
                assertThat(same.path("equivalent").toString())
                        .as(same.toPrettyString())
                        .isEqualTo(isSpire ? "null" : "true");
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "'a: [', error[source.syntax]",
        "'{}', error[envoy.refused]",
        "'static_resources: {listeners: [{nme: x}]}', error[envoy.refused]"
    })
    void aConfigThatCannotBeReadIsNamedWithItsPlace(String text, String expected) throws IOException {
        Path out = compiled("out", policy("policy", "allow anyone"));
        Path config = out.resolve("shop/kv/envoy.yaml");
        Files.writeString(config, text);
        CommandRun run = CommandRun.of("diff", out, out);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("envoy.yaml:1:", expected);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aBrokenBinaryIsNamedToo() throws IOException {
        Path config = folder.resolve("out/shop/kv/snapshot.pb");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "no protobuf");
        CommandRun run = CommandRun.of("diff", folder.resolve("out"), folder.resolve("out"));
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("snapshot.pb:1:1: error[source.unreadable]");
    }

    @ParameterizedTest
    @CsvSource({"allow anyone, allowed", "deny anyone, denied", "shadow-deny SHOP/sa/web, shadowed"})
    void aGateLetsItsOwnKindPassAndNoOther(String rule, String kind) throws IOException {
        String allow = "allow " + SHOP + "/sa/web";
        Path before = policy("before", allow);
        Path after = policy("after", allow + "\n  " + rule.replace("SHOP", SHOP));
        for (String gate : new String[] {"allowed", "denied", "shadowed", "added", "identity"}) {
            assertThat(CommandRun.of("diff", before, after, "--allow-newly", gate)
                            .exit())
                    .as(gate)
                    .isEqualTo(gate.equals(kind) ? ExitCode.FINE : ExitCode.NO);
        }
        assertThat(CommandRun.of("diff", before, after).exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aUniverseSaysWhomItIsAbout() throws IOException {
        String allow = "allow " + SHOP + "/sa/web";
        Path before = policy("before", allow);
        // A path that no template of the mesh gives.
        Path elsewhere = policy("after", allow + "\n  allow spiffe://default.default.mesh.local/workload/web");
        assertThat(CommandRun.of("diff", before, elsewhere).exit()).isEqualTo(ExitCode.NO);
        assertThat(CommandRun.of("diff", before, elsewhere, "--universe", "any").exit())
                .isEqualTo(ExitCode.NO);
        assertThat(CommandRun.of("diff", before, elsewhere, "--universe", "issuable")
                        .exit())
                .isEqualTo(ExitCode.FINE);
    }
}
