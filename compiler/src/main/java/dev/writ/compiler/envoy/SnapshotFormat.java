package dev.writ.compiler.envoy;

/** How a bootstrap is written; Envoy tells them apart by the file's extension. */
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
}
