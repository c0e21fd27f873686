package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code MeshTrust}. Kuma 2.12 to 2.14 keep its origin in {@code spec}, version 3 in {@code status}. */
final class MeshTrustReader {
    private MeshTrustReader() {}

    static @Nullable Resource read(Document document) {
        Fields spec = document.requiredSpec();
        spec.require("trustDomain");
        SourceText trustDomain = spec.text("trustDomain");
        if (trustDomain != null) {
            refuseInvalid(trustDomain, spec);
        }
        spec.require("caBundles");
        if (spec.any("caBundles") instanceof YamlNode.Sequence list
                && list.items().isEmpty()) {
            spec.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    "caBundles",
                    spec.keySpan("caBundles"),
                    "a MeshTrust without a CA",
                    null);
        }
        List<SourceText> bundles = new ArrayList<>();
        for (Fields bundle : spec.mappings("caBundles")) {
            bundles.add(pem(bundle));
        }
        bundles.removeIf(Objects::isNull);
        Fields origin = spec.mapping("origin");
        String kri = origin.string("kri");
        origin.refuseOthers();
        spec.refuseOthers();
        if (kri == null) {
            kri = document.fields().mapping("status").mapping("origin").string("kri");
        }
        return trustDomain == null
                ? null
                : new MeshTrustResource(
                        document.metadata(), document.metadata().name().span(), trustDomain, bundles, kri);
    }

    private static void refuseInvalid(SourceText trustDomain, Fields spec) {
        int scheme = SpiffeId.SCHEME.length();
        int slash = trustDomain.value().indexOf('/');
        if (slash >= 0) {
            String message = "a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`";
            spec.refuse(
                    DiagnosticId.SPIFFE_ID_INVALID, "trustDomain", trustDomain.span(slash, slash + 1), message, null);
            return;
        }
        SpiffeId.fault(SpiffeId.SCHEME + trustDomain.value())
                .ifPresent(fault -> spec.refuse(
                        DiagnosticId.SPIFFE_ID_INVALID,
                        "trustDomain",
                        fault.start() < scheme
                                ? trustDomain.span()
                                : trustDomain.span(fault.start() - scheme, fault.end() - scheme),
                        fault.message(),
                        null));
    }

    private static @Nullable SourceText pem(Fields bundle) {
        bundle.require("type");
        bundle.oneOf("type", List.of("Pem"));
        Fields pem = bundle.requiredMapping("pem");
        pem.require("value");
        SourceText value = pem.text("value");
        pem.refuseOthers();
        bundle.refuseOthers();
        if (value != null && !isCertificate(value.value())) {
            pem.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "value",
                    pem.keySpan("value"),
                    "no certificate in PEM form",
                    "it is the text from `-----BEGIN CERTIFICATE-----` to `-----END CERTIFICATE-----`");
            return null;
        }
        return value;
    }

    private static boolean isCertificate(String pem) {
        int begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
        return begin >= 0 && pem.indexOf("-----END CERTIFICATE-----", begin) > begin;
    }
}
