package dev.writ.compiler.envoy;

/** How a config is written; Envoy tells them apart by the file's extension. */
public enum SnapshotFormat {
    YAML("yaml"),
    JSON("json"),
    BINARY("pb");

    private final String extension;

    SnapshotFormat(String extension) {
        this.extension = extension;
    }

    /** The bootstrap's file in the workload's folder. */
    public String bootstrapFile() {
        return "envoy." + extension;
    }

    /** The file of what a Kuma control plane would send, in the workload's folder. */
    public String snapshotFile() {
        return "snapshot." + extension;
    }
}
