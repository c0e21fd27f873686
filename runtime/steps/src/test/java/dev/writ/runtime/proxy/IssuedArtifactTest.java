package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ArtifactLayout;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.SnapshotFormat;
import dev.writ.compiler.envoy.SnapshotWriter;
import dev.writ.compiler.ir.Principal;
import dev.writ.runtime.identity.DemoMesh;
import dev.writ.runtime.identity.IdentityWriter;
import dev.writ.runtime.identity.Pem;
import dev.writ.runtime.identity.Svid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code compile} and {@code issue} write for a workload, started as it stands with the real Envoy in the workload's folder, and
 * called by another workload with the SVID that was issued to that. Only the admin port is the test's own.
 */
class IssuedArtifactTest {
    @TempDir
    Path out;

    @Test
    void theFolderOfAWorkloadRunsAndLetsInWhomThePolicyAdmits() throws Exception {
        Path envoy = RealEnvoy.require();
        int port = freePort();
        Snapshot snapshot = kv(port);
        Path folder = ArtifactLayout.folder(out, snapshot.workload());
        for (Map.Entry<String, byte[]> file :
                SnapshotWriter.write(snapshot, SnapshotFormat.YAML).entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        issue();
        int application = snapshot.bootstrap()
                .getStaticResources()
                .getClusters(0)
                .getLoadAssignment()
                .getEndpoints(0)
                .getLbEndpoints(0)
                .getEndpoint()
                .getAddress()
                .getSocketAddress()
                .getPortValue();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), application), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try (EnvoyProcess running = EnvoyProcess.start(envoy, folder, ArtifactLayout.BOOTSTRAP, line -> {})) {
            assertThat(status(port, svid("demo-app"), "/counter")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(status(port, svid("kv"), "/counter")).isEqualTo("HTTP/1.1 403 Forbidden");
            issue();
            awaitRotation(port);
            assertThat(status(port, svid("demo-app"), "/counter")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(running.isAlive()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    private static Snapshot kv(int port) {
        Snapshot emitted = EmittedConfigs.of(List.of(Policies.workload(
                        "kv",
                        Policies.http(
                                port,
                                Policies.enforced(Policies.allow(
                                        "kuma-demo/mtp",
                                        new Principal.Exact(Policies.ID + "/ns/kuma-demo/sa/demo-app")))))))
                .getFirst();
        var bootstrap = emitted.bootstrap().toBuilder();
        bootstrap.getAdminBuilder().setAddress(JudgeListener.loopback(0));
        return new Snapshot(emitted.workload(), bootstrap.build(), emitted.identity(), emitted.trust());
    }

    private void issue() {
        DiagnosticSink sink = new DiagnosticSink();
        new IdentityWriter(Instant.now()).write(DemoMesh.model(), workload -> true, out, sink);
        assertThat(sink.sorted()).isEmpty();
    }

    private Svid svid(String workload) throws Exception {
        Path folder = out.resolve("kuma-demo").resolve(workload);
        X509Certificate certificate = Pem.certificates(Files.readString(folder.resolve(ArtifactLayout.SVID)))
                .getFirst();
        String key = Files.readString(folder.resolve(ArtifactLayout.SVID_KEY))
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        PrivateKey privateKey = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        return new Svid(certificate, privateKey);
    }

    /** Envoy watches the folder: it takes the new SVID by itself, a moment later. */
    private void awaitRotation(int port) throws Exception {
        Instant limit = Instant.now().plusSeconds(30);
        while (true) {
            try {
                status(port, svid("demo-app"), "/counter");
                return;
            } catch (SSLHandshakeException e) {
                assertThat(Instant.now()).isBefore(limit);
            }
        }
    }

    /** The callee proves to be kv by the SVID that was issued to it. */
    private String status(int port, Svid caller, String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket tls = CallerTls.over(socket, caller, svid("kv").certificate(), null, List.of())) {
            tls.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: kv\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** One for which the application's port, ten thousand higher, exists too. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                int port = socket.getLocalPort() - 10_000;
                new ServerSocket(port).close();
                return port;
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }
}
