package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code Dataplane} in its Kubernetes form ({@code mesh/v1alpha1/dataplane.proto}). */
final class DataplaneReader {
    private DataplaneReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Fields networking = spec.requiredMapping("networking");
        List<DataplaneInbound> inbounds = networking.mappings("inbound").stream()
                .map(DataplaneReader::inbound)
                .filter(Objects::nonNull)
                .toList();
        boolean gateway = networking.mapping("gateway").isPresent();
        networking.pass("address", "advertisedAddress", "outbound", "transparentProxying", "admin", "listeners");
        networking.refuseOthers();
        spec.pass("metrics", "probes", "envoy");
        spec.refuseOthers();
        return new DataplaneResource(
                document.metadata(), document.metadata().name().span(), null, inbounds, List.of(), gateway);
    }

    private static @Nullable DataplaneInbound inbound(Fields inbound) {
        inbound.require("port");
        Integer port = inbound.port("port");
        String name = inbound.string("name");
        boolean healthy = inbound.mapping("health").flag("ready", true);
        Located<String> state = inbound.oneOf("state", List.of("Ready", "NotReady", "Ignored"));
        Map<String, SourceText> tags = inbound.texts("tags");
        SourceText tag = tags == null ? null : tags.get("kuma.io/protocol");
        String field = inbound.string("protocol");
        String protocol = field == null && tag != null ? tag.value() : field;
        inbound.pass("servicePort", "address", "serviceAddress", "serviceProbe");
        inbound.refuseOthers();
        boolean ready = healthy && (state == null || state.value().equals("Ready"));
        return port == null ? null : new DataplaneInbound(name, port, protocol, ready, inbound.keySpan("port"));
    }
}
