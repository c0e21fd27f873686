package dev.writ.compiler.envoy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes an artifact's files. */
public final class SnapshotWriter {
    private SnapshotWriter() {}

    /**
     * The files below the workload's folder, by their path with {@code /}. The bootstrap has the format asked for; the SDS files
     * are YAML, because the bootstrap names them so.
     */
    public static SortedMap<String, byte[]> write(Snapshot snapshot, SnapshotFormat format) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(format.bootstrapFile(), MessageText.bytes(snapshot.bootstrap(), format));
        files.put(ArtifactLayout.SDS_IDENTITY, sdsFile(snapshot.identity()));
        files.put(ArtifactLayout.SDS_TRUST, sdsFile(snapshot.trust()));
        return files;
    }

    private static byte[] sdsFile(Secret secret) {
        return MessageText.bytes(
                DiscoveryResponse.newBuilder().addResources(Any.pack(secret)).build(), SnapshotFormat.YAML);
    }
}
