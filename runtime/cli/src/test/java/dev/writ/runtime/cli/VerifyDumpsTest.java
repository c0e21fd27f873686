package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given as a dump: one that is Envoy's own form, one of another proxy, and things that are none. */
class VerifyDumpsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HUNDRED_MEGABYTES = 100L * 1024 * 1024;
    private static final Path DEMO =
            Path.of(System.getProperty("writ.root"), "features", "kuma-demo").normalize();

    @TempDir
    private Path temporary;

    private Path dump = Path.of("");

    /** A proxy that has what is predicted, in the form of Envoy's admin interface. */
    @BeforeEach
    void compileTheDemo() throws IOException {
        CommandRun compiled =
                CommandRun.of("compile", DEMO, "--target", "kuma-3", "--format", "json", "--out", temporary);
        assertThat(compiled.exit()).as(compiled.err()).isZero();
        dump = write(configDump("default.kv-5d4f8c7b9d-x2x4z.kuma-demo"));
    }

    @Test
    void aPodIsFoundByTheNodeThatTheDumpNames() {
        CommandRun run = verify(dump);
        assertThat(run.out())
                .isEqualTo("the proxy of kuma-demo/kv is as predicted for kuma-3 (checked against commit 348b652)\n");
        assertThat(run.exit()).isZero();
    }

    @Test
    void aDumpOfAnotherProxyIsRefused() {
        assertRefused(
                verify(dump, "--workload", "kuma-demo/demo-app"),
                "writ verify: --dump: it is of the proxy of `kuma-demo/kv`, not of `kuma-demo/demo-app`");
    }

    @Test
    void aDumpOfAProxyThatIsNotInTheSourcesIsNamed() throws IOException {
        assertRefused(
                verify(write(configDump("default.web-0.shop"))),
                "writ verify: --dump: no workload of the sources, or more than one, has the dataplane `shop/web-0`:"
                        + " say it by --workload");
    }

    @Test
    void aDumpThatNamesNobodyNeedsAWorkload() throws IOException {
        Path anonymous = write(configDump("nobody"));
        assertRefused(
                verify(anonymous), "writ verify: --dump: it does not say whose proxy it is of: say it by --workload");
        assertThat(verify(anonymous, "--workload", "kuma-demo/kv").exit()).isZero();
    }

    @Test
    void aWorkloadThatIsMisspeltIsSuggested() {
        CommandRun run = verify(dump, "--workload", "kuma-demo/kw");
        assertThat(run.err()).contains("no workload is called `kuma-demo/kw`").contains("did you mean `kuma-demo/kv`?");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aListenerThatEnvoyRefusedComesFirstWithEnvoysReason() throws IOException {
        ObjectNode root = configDump("default.kv-0.kuma-demo");
        ObjectNode listener = (ObjectNode) root.at("/configs/1/dynamic_listeners/0");
        listener.putObject("error_state").put("details", "filter_chains {\n}\n: Proto constraint validation failed");
        CommandRun run = verify(write(root));
        assertThat(run.out())
                .contains("Envoy refused the listener `" + listener.path("name").asText()
                        + "`, and what it had stays in force: Proto constraint validation failed\n");
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void whatTheControlPlaneWouldSendIsNoDump() throws IOException {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("xds").putObject("type.googleapis.com/envoy.config.listener.v3.Listener");
        CommandRun run = verify(write(config));
        assertThat(run.err()).contains("what the control plane says that it would send (`…/_config`)");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsNoDumpIsSaidInOneLine() throws IOException {
        assertThat(noDump("{\"configs\": []}")).endsWith(": no config dump of a proxy: it has no listener");
        assertThat(noDump("")).endsWith(": no config dump of a proxy: it has no listener");
        assertThat(noDump("[]")).endsWith(": no config dump of a proxy: it has no listener");
        assertThat(noDump("kind: Mesh")).contains(": not JSON: Unrecognized token 'kind'");
        assertThat(noDump("[".repeat(100_000))).contains(": not JSON: ");
        assertThat(noDump("{\"listeners\": [{\"name\": \"a\", \"address\": 5}]}"))
                .contains(": not a config of Envoy: ");
    }

    @Test
    void aFolderABinaryAndAHugeFileAreNoDumps() throws IOException {
        assertRefused(verify(temporary), "writ verify: " + temporary + ": a folder, not a config dump");
        assertRefused(
                verify(temporary.resolve("nowhere.json")),
                "writ: `" + temporary.resolve("nowhere.json") + "` does not exist");
        Path binary = Files.write(temporary.resolve("binary"), new byte[] {(byte) 0x80, (byte) 0xff, 0});
        assertRefused(verify(binary), "writ verify: " + binary + ": not JSON: not in UTF-8");
        Path huge = temporary.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(HUNDRED_MEGABYTES);
        }
        assertRefused(verify(huge), "writ verify: " + huge + ": over the limit of 64 MiB for a config dump");
    }

    @Test
    void aTargetWithoutAControlPlaneIsRefused() {
        CommandRun run = CommandRun.of("verify", DEMO, "--dump", dump);
        assertRefused(run, "writ verify: --target must say which version of Kuma the control plane is");
    }

    @Test
    void aPolicyWithAnErrorIsNotCompared() throws IOException {
        Path policy = Files.writeString(
                temporary.resolve("mesh.yaml"), "kind: Mesh\napiVersion: kuma.io/v1alpha1\nspce: {}\n");
        CommandRun run = CommandRun.of("verify", policy, "--dump", dump, "--target", "kuma-3");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("error[");
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
    }

    private String noDump(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("dump.json"), text);
        CommandRun run = verify(file);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        return run.err().strip();
    }

    private static void assertRefused(CommandRun run, String line) {
        assertThat(run.err().lines()).first().isEqualTo(line);
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    }

    private static CommandRun verify(Path dump, String... more) {
        Object[] words = new Object[6 + more.length];
        System.arraycopy(new Object[] {"verify", DEMO, "--target", "kuma-3", "--dump", dump}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return CommandRun.of(words);
    }

    private Path write(JsonNode tree) throws IOException {
        return Files.writeString(temporary.resolve("dump.json"), tree.toString());
    }

    /** As {@code envoy.admin.v3.ConfigDump} says it; what is generated is there in some form. */
    private ObjectNode configDump(String node) throws IOException {
        JsonNode snapshot =
                JSON.readTree(temporary.resolve("kuma-demo/kv/snapshot.json").toFile());
        ObjectNode root = JSON.createObjectNode();
        ArrayNode configs = root.putArray("configs");
        configs.addObject()
                .put("@type", "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump")
                .putObject("bootstrap")
                .putObject("node")
                .put("id", node);
        ArrayNode listeners = section(configs, "Listeners", "dynamic_listeners");
        for (JsonNode listener : snapshot.path("listeners")) {
            listeners
                    .addObject()
                    .put("name", listener.path("name").asText())
                    .putObject("active_state")
                    .set("listener", typed(listener, "config.listener.v3.Listener"));
        }
        ArrayNode clusters = section(configs, "Clusters", "dynamic_active_clusters");
        snapshot.path("clusters")
                .forEach(cluster -> clusters.addObject().set("cluster", typed(cluster, "config.cluster.v3.Cluster")));
        ArrayNode secrets = section(configs, "Secrets", "dynamic_active_secrets");
        snapshot.path("secrets")
                .forEach(secret ->
                        secrets.addObject().set("secret", typed(secret, "extensions.transport_sockets.tls.v3.Secret")));
        return root;
    }

    private static ArrayNode section(ArrayNode configs, String name, String field) {
        return configs.addObject()
                .put("@type", "type.googleapis.com/envoy.admin.v3." + name + "ConfigDump")
                .putArray(field);
    }

    private static ObjectNode typed(JsonNode message, String type) {
        ObjectNode typed = JSON.createObjectNode().put("@type", "type.googleapis.com/envoy." + type);
        typed.setAll((ObjectNode) message);
        return typed;
    }
}
