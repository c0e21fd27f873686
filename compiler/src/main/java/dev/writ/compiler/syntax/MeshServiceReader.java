package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshServicePort;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.ServiceIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code MeshService} ({@code meshservice/api/v1alpha1/meshservice.go}), with what its status says of TLS. */
final class MeshServiceReader {
    private MeshServiceReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Fields selector = spec.mapping("selector");
        Map<String, SourceText> tags = selector.texts("dataplaneTags");
        Map<String, SourceText> labels = labels(selector);
        Fields reference = selector.mapping("dataplaneRef");
        Located<String> dataplane = reference.name("name");
        reference.refuseOthers();
        selector.refuseOthers();
        List<MeshServicePort> ports = spec.mappings("ports").stream()
                .map(MeshServiceReader::port)
                .filter(Objects::nonNull)
                .toList();
        List<ServiceIdentity> identities = identities(spec);
        spec.pass("state");
        spec.refuseOthers();
        return new MeshServiceResource(
                document.metadata(),
                document.metadata().name().span(),
                tags == null ? null : DataplaneReader.strings(tags),
                labels == null ? null : DataplaneReader.strings(labels),
                dataplane,
                ports,
                identities,
                tlsReady(document.fields().mapping("status")));
    }

    /** {@code dataplaneLabels} in version 3, {@code dataplane} for a time before. */
    private static @Nullable Map<String, SourceText> labels(Fields selector) {
        Map<String, SourceText> labels = null;
        for (String name : List.of("dataplaneLabels", "dataplane")) {
            Fields fields = selector.mapping(name);
            if (fields.isPresent()) {
                labels = Objects.requireNonNullElse(fields.texts("matchLabels"), Map.of());
            }
            fields.refuseOthers();
        }
        return labels;
    }

    private static @Nullable MeshServicePort port(Fields fields) {
        fields.require("port");
        Integer port = fields.port("port");
        String target = ServiceReader.target(fields);
        String name = fields.string("name");
        String protocol = fields.string("appProtocol");
        fields.refuseOthers();
        return port == null
                ? null
                : new MeshServicePort(
                        name,
                        port,
                        target == null ? port.toString() : target,
                        protocol == null ? "tcp" : protocol,
                        fields.keySpan("port"));
    }

    private static List<ServiceIdentity> identities(Fields spec) {
        List<ServiceIdentity> identities = new ArrayList<>();
        for (Fields fields : spec.mappings("identities")) {
            fields.require("type");
            fields.require("value");
            Located<String> type = fields.oneOf("type", List.of("ServiceTag", "SpiffeID"));
            String value = fields.string("value");
            fields.refuseOthers();
            if (type != null && value != null) {
                identities.add(new ServiceIdentity(type.value(), value));
            }
        }
        return identities;
    }

    private static @Nullable Boolean tlsReady(Fields status) {
        String tls = status.mapping("tls").string("status");
        return tls == null ? null : tls.equals("Ready");
    }
}
