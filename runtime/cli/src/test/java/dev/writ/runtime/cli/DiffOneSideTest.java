package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code writ diff} of what only one side has. */
final class DiffOneSideTest {
    private static final String IDENTITY = """
            type: Mesh
            name: default
            meshServices: {mode: Exclusive}
            ---
            type: MeshIdentity
            mesh: default
            name: identity
            spec:
              selector: {dataplane: {matchLabels: {}}}
              spiffeID: {path: '/{{ label "app" }}'}
              provider:
                type: Bundled
                bundled: {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}
            """;

    @TempDir
    private Path temporary = Path.of("");

    private Path mesh(String name, String... dataplanes) throws IOException {
        return Files.writeString(temporary.resolve(name), IDENTITY + String.join("", dataplanes));
    }

    private static String dataplane(String name, int... ports) {
        StringBuilder inbounds = new StringBuilder();
        for (int port : ports) {
            inbounds.append(inbounds.isEmpty() ? "" : ", ")
                    .append("{port: %1$d, name: p%1$d, protocol: http}".formatted(port));
        }
        return """
                ---
                type: Dataplane
                mesh: default
                name: %1$s
                labels: {app: %1$s}
                networking:
                  address: 127.0.0.1
                  inbound: [%2$s]
                """.formatted(name, inbounds);
    }

    @Test
    void anInboundThatIsNewOrGoneIsADifference() throws IOException {
        Path one = mesh("one.yaml", dataplane("kv", 80));
        Path two = mesh("two.yaml", dataplane("kv", 80, 81));
        CommandRun grown = CommandRun.of("diff", one, two);
        assertThat(grown.exit()).as(grown.err()).isEqualTo(ExitCode.NO);
        assertThat(grown.out()).contains("kv:81").contains("absent");
        CommandRun shrunk = CommandRun.of("diff", two, one);
        assertThat(shrunk.exit()).isEqualTo(ExitCode.NO);
        assertThat(shrunk.out()).contains("kv:81").contains("absent");
    }

    @Test
    void aWorkloadThatIsNewOrGoneIsADifference() throws IOException {
        Path one = mesh("one.yaml", dataplane("kv", 80));
        Path two = mesh("two.yaml", dataplane("kv", 80), dataplane("web", 80));
        CommandRun grown = CommandRun.of("diff", one, two);
        assertThat(grown.exit()).as(grown.err()).isEqualTo(ExitCode.NO);
        assertThat(grown.out()).contains("web:80").contains("spiffe://default.default.mesh.local/web");
        assertThat(CommandRun.of("diff", two, one).exit()).isEqualTo(ExitCode.NO);
        assertThat(CommandRun.of("diff", two, two).exit()).isEqualTo(ExitCode.FINE);
    }
}
