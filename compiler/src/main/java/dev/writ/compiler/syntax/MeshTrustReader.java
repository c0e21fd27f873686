package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code MeshTrust}, and refuses what Kuma refuses ({@code meshtrust/api/v1alpha1/validator.go}). Kuma 2.12 to 2.14 keep its
 * origin in {@code spec}, version 3 in {@code status}.
 */
final class MeshTrustReader {
    /** SPIFFE allows two more. */
    private static final int LONGEST = 253;

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
            bundles.add(pem(bundle, spec));
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
        if (trustDomain.value().length() > LONGEST) {
            String message = "a trust domain of more than " + LONGEST + " characters";
            spec.refuse(DiagnosticId.SPIFFE_ID_INVALID, "trustDomain", trustDomain.span(), message, null);
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

    private static @Nullable SourceText pem(Fields bundle, Fields spec) {
        Located<String> type = bundle.name("type");
        bundle.pass("pem");
        if (type == null || !type.value().equals("Pem")) {
            // Kuma speaks of the list as a whole.
            spec.refuse(
                    type == null ? DiagnosticId.SCHEMA_MISSING_FIELD : DiagnosticId.SCHEMA_INVALID_VALUE,
                    "caBundles.type",
                    type == null ? bundle.span() : type.span(),
                    type == null ? "a CA bundle without its `type`" : "unknown value `" + type.value() + "`",
                    "it is `Pem`");
            bundle.refuseOthers();
            return null;
        }
        Fields pem = bundle.requiredMapping("pem");
        SourceText value = pem.text("value");
        if (pem.isPresent()) {
            pem.require("value");
        }
        pem.refuseOthers();
        bundle.refuseOthers();
        if (value != null && !Pem.isPublic(value.value())) {
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
}
