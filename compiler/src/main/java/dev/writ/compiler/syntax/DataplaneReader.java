package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.BackendRef;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneOutbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code Dataplane} in both its forms ({@code mesh/v1alpha1/dataplane.proto}). */
final class DataplaneReader {
    private static final List<String> BACKENDS =
            List.of("MeshService", "MeshMultiZoneService", "MeshExternalService", "MeshServiceSubset");

    private DataplaneReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Fields networking = spec.requiredMapping("networking");
        List<DataplaneInbound> inbounds = networking.mappings("inbound").stream()
                .map(DataplaneReader::inbound)
                .filter(Objects::nonNull)
                .toList();
        List<DataplaneOutbound> outbounds = networking.mappings("outbound").stream()
                .map(DataplaneReader::outbound)
                .filter(Objects::nonNull)
                .toList();
        boolean gateway = networking.mapping("gateway").isPresent();
        String address = networking.string("address");
        networking.pass("advertisedAddress", "transparentProxying", "admin", "listeners");
        networking.refuseOthers();
        spec.pass("metrics", "probes", "envoy");
        spec.refuseOthers();
        return new DataplaneResource(
                document.metadata(), document.metadata().name().span(), address, inbounds, outbounds, gateway);
    }

    private static @Nullable DataplaneInbound inbound(Fields inbound) {
        inbound.require("port");
        Integer port = inbound.port("port");
        String name = inbound.string("name");
        boolean healthy = inbound.mapping("health").flag("ready", true);
        Located<String> state = inbound.oneOf("state", List.of("Ready", "NotReady", "Ignored"));
        Map<String, String> tags = strings(inbound.texts("tags"));
        String field = inbound.string("protocol");
        String protocol = field == null ? tags.get("kuma.io/protocol") : field;
        String address = inbound.string("address");
        String serviceAddress = inbound.string("serviceAddress");
        Integer servicePort = inbound.any("servicePort") == null ? null : inbound.port("servicePort");
        inbound.pass("serviceProbe");
        inbound.refuseOthers();
        boolean ready = healthy && (state == null || state.value().equals("Ready"));
        return port == null
                ? null
                : new DataplaneInbound(
                        name,
                        port,
                        protocol,
                        ready,
                        address,
                        serviceAddress,
                        servicePort,
                        tags,
                        inbound.keySpan("port"));
    }

    private static @Nullable DataplaneOutbound outbound(Fields outbound) {
        outbound.require("port");
        Integer port = outbound.port("port");
        String address = outbound.string("address");
        Map<String, String> tags = strings(outbound.texts("tags"));
        String service = outbound.string("service");
        if (service != null && tags.isEmpty()) {
            // The deprecated way to say it.
            tags = Map.of("kuma.io/service", service);
        }
        BackendRef backend = backend(outbound.mapping("backendRef"));
        outbound.refuseOthers();
        return port == null ? null : new DataplaneOutbound(address, port, backend, tags, outbound.keySpan("port"));
    }

    private static @Nullable BackendRef backend(Fields backend) {
        backend.require("kind");
        Located<String> kind = backend.oneOf("kind", BACKENDS);
        Located<String> name = backend.name("name");
        Map<String, String> labels = strings(backend.texts("labels"));
        Integer port = backend.any("port") == null ? null : backend.port("port");
        backend.pass("namespace", "sectionName", "tags", "weight");
        backend.refuseOthers();
        return kind == null ? null : new BackendRef(kind, name, labels, port);
    }

    static Map<String, String> strings(@Nullable Map<String, SourceText> texts) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (texts != null) {
            texts.forEach((key, text) -> strings.put(key, text.value()));
        }
        return strings;
    }
}
