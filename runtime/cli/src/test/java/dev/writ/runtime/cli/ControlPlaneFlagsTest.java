package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a control plane, from the flag to the printed line; and what {@code ids} prints of identities. */
class ControlPlaneFlagsTest {
    private static final String MESH = """
            type: Mesh
            name: default
            meshServices:
              mode: Exclusive
            """;

    private static final String DATAPLANE = """
            type: Dataplane
            mesh: default
            name: kv-1
            labels:
              app: kv
            networking:
              address: 127.0.1.2
              inbound:
              - port: 5050
                name: http
            """;

    @TempDir
    private Path temporary;

    private Path mesh = Path.of("");
    private Path dataplane = Path.of("");

    @BeforeEach
    void write() throws IOException {
        mesh = file("mesh.yaml", MESH);
        dataplane = file("dataplane.yaml", DATAPLANE);
    }

    @Test
    void idsShowsWhoIssuesForHowLongAndTheStatus() throws IOException {
        Path identity = identity(
                "path: /kv",
                "provider: {type: Bundled, bundled: {insecureAllowSelfSigned: true,"
                        + " autogenerate: {enabled: true}, certificateParameters: {expiry: 90m}}}");
        CommandRun run = CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-2.14");
        assertThat(run.out()).isEqualTo("""
                WORKLOAD  IDENTITY  PROVIDER  EXPIRY  SPIFFE ID
                kv-1      identity  Bundled   90m     spiffe://default.default.mesh.local/kv

                IDENTITY  TRUST DOMAIN                CA         STATUS
                identity  default.default.mesh.local  generated  Ready

                1 workload for kuma-2.14 (checked against 2.14.3)
                """);
        assertThat(run.exit()).isZero();
    }

    @Test
    void idsSaysWhichConditionOfAnIdentityFails() throws IOException {
        Path identity = identity("path: /kv", "provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}");
        CommandRun run = CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3");
        assertThat(run.out()).contains("not Ready: ProviderValidationError: self-signed certificates are not allowed");
        CommandRun json = CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3", "--format", "json");
        assertThat(json.out())
                .contains("\"reason\": \"ProviderValidationError\"", "\"status\": \"False\"")
                .contains("\"checkedAgainst\": \"commit 348b652\"");
    }

    @Test
    void idsShowsTheSvidOfAMeshsOwnBackend() throws IOException {
        Path builtin = file("builtin.yaml", """
                type: Mesh
                name: default
                mtls:
                  enabledBackend: ca-1
                  backends:
                  - name: ca-1
                    type: builtin
                    dpCert:
                      rotation:
                        expiration: 36h
                """);
        Path tagged =
                file("tagged.yaml", DATAPLANE.replace("    name: http\n", "    tags:\n      kuma.io/service: kv\n"));
        CommandRun run = CommandRun.of("ids", builtin, tagged, "--target", "kuma-2.14");
        assertThat(run.out())
                .contains(
                        "kv-1      -         builtin   36h     spiffe://default/kv kuma://kuma.io/service/kv kuma://");
    }

    @Test
    void filesStandForTheFileSystemOfTheControlPlane() throws IOException {
        Path identity = identity(
                "path: /kv",
                "provider: {type: Bundled, bundled: {ca: {certificate: {type: File,"
                        + " file: {path: /etc/ca.crt}}, privateKey: {type: File, file: {path: /etc/ca.key}}}}}");
        assertThat(CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3")
                        .out())
                .contains("not at hand  Ready");
        Path files = temporary.resolve("files");
        Files.createDirectories(files.resolve("etc"));
        Files.writeString(temporary.resolve("files/etc/ca.crt"), "no certificate");
        Files.writeString(temporary.resolve("files/etc/ca.key"), "no key");
        CommandRun run = CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3", "--files", files);
        assertThat(run.err())
                .contains("error[identity.ca-unusable]: the certificate of the CA holds no certificate")
                .doesNotContain("no key");
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertUsage(
                CommandRun.of("ids", mesh, "--files", temporary.resolve("nowhere")),
                "writ ids: --files: there is no folder `" + temporary.resolve("nowhere") + "`");
    }

    @Test
    void theWorkloadOfATokenStandsForTheLabelOfADataplane() throws IOException {
        Path identity = identity(
                "path: '/workload/{{ .Workload }}'",
                "provider: {type: Bundled, bundled:"
                        + " {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}}");
        CommandRun refused = CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3");
        assertThat(refused.err()).contains("error[template.missing-label]");
        assertThat(refused.exit()).isEqualTo(ExitCode.NO);
        CommandRun run =
                CommandRun.of("ids", mesh, dataplane, identity, "--target", "kuma-3", "--token-workload", "kv");
        assertThat(run.out()).contains("spiffe://default.default.mesh.local/workload/kv");
        assertThat(run.exit()).isZero();
    }

    @Test
    void severalZonesHaveATrustDomainEach() throws IOException {
        Path identity = identity(
                "path: /kv",
                "provider: {type: Bundled, bundled: {insecureAllowSelfSigned: true,"
                        + " autogenerate: {enabled: true}}}");
        Path east = Files.createDirectory(temporary.resolve("east"));
        Path west = Files.createDirectory(temporary.resolve("west"));
        Files.writeString(east.resolve("kv.yaml"), DATAPLANE);
        Files.writeString(west.resolve("kv.yaml"), DATAPLANE);
        CommandRun run = CommandRun.of(
                "ids", mesh, identity, "--zone", "east=" + east, "--zone", "west=" + west, "--target", "kuma-3");
        assertThat(run.out())
                .contains("east  kv-1      identity  Bundled   120h    spiffe://default.east.mesh.local/kv\n")
                .contains("west  kv-1      identity  Bundled   120h    spiffe://default.west.mesh.local/kv\n")
                .contains("west  identity  default.west.mesh.local  generated  Ready\n");
        assertUsage(
                CommandRun.of("ids", mesh, "--zone", "east", "--zone", "west"),
                "writ ids: --zone is for one zone, `--zone NAME`, or for several, `--zone NAME=PATH` each");
    }

    @Test
    void theSpireTrustDomainIsReadFromTheServersConfiguration() throws IOException {
        Path server = file("server.conf", """
                server {
                    bind_address = "0.0.0.0"
                    # trust_domain = "old.example"
                    trust_domain = "spire.example"
                }
                """);
        Path map = file("map.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: spire-server
                  namespace: spire
                data:
                  server.conf: |
                    {"server": {"bind_port": "8081", "trust_domain": "spire.example"}}
                """);
        String said = mismatch("--spire-trust-domain", "spire.example");
        assertThat(said).contains("spire.example");
        assertThat(mismatch(server)).isEqualTo(said);
        assertThat(mismatch(map)).isEqualTo(said);
        assertThat(mismatch("--spire-trust-domain", "default.default.mesh.local"))
                .isEmpty();
        assertUsage(
                CommandRun.of("check", mesh, file("other.conf", "a = 1\n")),
                "writ check: `" + temporary.resolve("other.conf")
                        + "`: no configuration of a SPIRE server: it names no one `trust_domain`");
    }

    /** What {@code check} finds of a MeshIdentity whose trust domain is not the server's. */
    private String mismatch(Object... more) throws IOException {
        Path identity = identity("path: /kv", "provider: {type: Spire, spire: {}}");
        Object[] words = new Object[6 + more.length];
        System.arraycopy(new Object[] {"check", mesh, dataplane, identity, "--target", "kuma-3"}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return CommandRun.of(words)
                .out()
                .lines()
                .filter(line -> line.contains("[trust.spire-mismatch]"))
                .findFirst()
                .orElse("");
    }

    private static void assertUsage(CommandRun run, String line) {
        assertThat(run.err().lines()).first().isEqualTo(line);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    }

    private Path identity(String spiffeId, String provider) throws IOException {
        return file("identity.yaml", """
                type: MeshIdentity
                mesh: default
                name: identity
                spec:
                  selector: {dataplane: {matchLabels: {}}}
                  spiffeID: {%s}
                  %s
                """.formatted(spiffeId, provider));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text);
    }
}
