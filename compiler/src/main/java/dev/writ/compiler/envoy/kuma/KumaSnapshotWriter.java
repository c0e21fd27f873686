package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.envoy.MessageText;
import dev.writ.compiler.envoy.SnapshotFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;

/**
 * Writes a snapshot as one file: {@code {clusters: […], listeners: […], secrets: […]}}. That is Envoy's {@code
 * Bootstrap.StaticResources}, which is also the message of the binary form.
 */
public final class KumaSnapshotWriter {
    private KumaSnapshotWriter() {}

    /** The bytes of the file, whose name is {@link SnapshotFormat#snapshotFile()}. */
    public static byte[] write(KumaSnapshot snapshot, SnapshotFormat format) {
        return MessageText.bytes(
                StaticResources.newBuilder()
                        .addAllListeners(snapshot.listeners())
                        .addAllClusters(snapshot.clusters())
                        .addAllSecrets(snapshot.secrets())
                        .build(),
                format);
    }
}
