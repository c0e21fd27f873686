package dev.writ.compiler.resource;

import dev.writ.compiler.model.MeshTrust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A MeshTrust; not one whose CA the control plane generates, which makes the resource too. */
final class TrustResource {
    private TrustResource() {}

    static Optional<Map<String, Object>> of(MeshTrust trust, ResourceFrame frame) {
        if (trust.caBundles().isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, Object>> bundles = trust.caBundles().stream()
                .map(pem -> {
                    Map<String, Object> bundle = new TreeMap<>();
                    bundle.put("type", "Pem");
                    bundle.put("pem", Map.of("value", pem));
                    return bundle;
                })
                .toList();
        Map<String, Object> spec = new TreeMap<>();
        spec.put("trustDomain", trust.trustDomain());
        spec.put("caBundles", bundles);
        return Optional.of(frame.around("MeshTrust", trust.name(), null, Map.of(), spec));
    }
}
