package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.MeshResource;
import java.util.List;

/** Reads {@code Mesh} ({@code mesh.proto} of Kuma 2.14; version 3 has fewer fields). */
final class MeshReader {
    private static final List<String> SERVICE_MODES =
            List.of("Disabled", "Everywhere", "ReachableBackends", "Exclusive");

    private MeshReader() {}

    static Resource read(Document document) {
        Fields spec = document.spec();
        Fields services = spec.mapping("meshServices");
        Located<String> mode = services.oneOf("mode", SERVICE_MODES);
        services.refuseOthers();
        MtlsSyntax mtls = MtlsReader.read(spec.mapping("mtls"));
        // Observability, outgoing traffic and who may join: nothing that decides a call.
        spec.pass(
                "tracing", "logging", "metrics", "networking", "routing", "constraints", "skipCreatingInitialPolicies");
        spec.refuseOthers();
        return new MeshResource(document.metadata(), document.metadata().name().span(), mode, mtls);
    }
}
