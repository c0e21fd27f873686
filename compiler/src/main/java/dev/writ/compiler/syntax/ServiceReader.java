package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code Service}. */
final class ServiceReader {
    private static final List<String> TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");

    private ServiceReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Located<String> type = spec.oneOf("type", TYPES);
        List<ServicePort> ports = spec.mappings("ports").stream()
                .map(ServiceReader::port)
                .filter(Objects::nonNull)
                .toList();
        ServiceResource service = new ServiceResource(
                document.metadata(),
                document.metadata().name().span(),
                selector(spec),
                type == null ? "ClusterIP" : type.value(),
                ports);
        spec.refuseMisspelt();
        return service;
    }

    private static @Nullable Map<String, String> selector(Fields spec) {
        Map<String, SourceText> texts = spec.texts("selector");
        if (texts == null) {
            return null;
        }
        Map<String, String> selector = new LinkedHashMap<>();
        texts.forEach((key, text) -> selector.put(key, text.value()));
        return selector;
    }

    private static @Nullable ServicePort port(Fields fields) {
        fields.require("port");
        Integer port = fields.port("port");
        String name = fields.string("name");
        String target = target(fields);
        Located<String> protocol = fields.oneOf("protocol", PodReader.PROTOCOLS);
        Located<String> appProtocol = fields.name("appProtocol");
        fields.pass("nodePort");
        fields.refuseMisspelt();
        if (port == null) {
            return null;
        }
        return new ServicePort(
                name,
                port,
                target == null ? port.toString() : target,
                protocol == null ? "TCP" : protocol.value(),
                appProtocol,
                fields.keySpan("port"));
    }

    /** A port number or the name of a container's port; 0 is what the API prints for "the same port". */
    static @Nullable String target(Fields port) {
        if (port.any("targetPort") instanceof Scalar scalar && scalar.type() == ScalarType.INTEGER) {
            if (scalar.value().equals("0")) {
                return null;
            }
            Integer number = port.port("targetPort");
            return number == null ? null : number.toString();
        }
        return port.string("targetPort");
    }
}
