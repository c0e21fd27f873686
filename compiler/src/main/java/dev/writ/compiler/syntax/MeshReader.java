package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
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
        refuseBuiltinTls(spec);
        Fields services = spec.mapping("meshServices");
        Located<String> mode = services.oneOf("mode", SERVICE_MODES);
        services.refuseOthers();
        // Observability, outgoing traffic and who may join: nothing that decides a call.
        spec.pass(
                "tracing", "logging", "metrics", "networking", "routing", "constraints", "skipCreatingInitialPolicies");
        spec.refuseOthers();
        return new MeshResource(document.metadata(), document.metadata().name().span(), mode, null);
    }

    /** Kuma has builtin mTLS on where a backend is enabled; backends alone do nothing. */
    private static void refuseBuiltinTls(Fields spec) {
        Fields tls = spec.mapping("mtls");
        String backend = tls.string("enabledBackend");
        if (backend != null && !backend.isEmpty()) {
            tls.sink()
                    .add(
                            DiagnosticId.SCHEMA_UNSUPPORTED,
                            spec.keySpan("mtls"),
                            "builtin mTLS is not supported yet",
                            "take `mtls` out where a MeshIdentity issues the certificates");
        }
        tls.pass("backends", "skipValidation");
        tls.refuseOthers();
    }
}
