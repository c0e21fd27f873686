package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mesh trusts: what its MeshTrusts declare, and the CA of each MeshIdentity that creates a MeshTrust of its own. The
 * bundles of one trust domain are one trust (Kuma's {@code meshtrust/generator}).
 */
final class TrustBinder {
    private static final String PEM_HELP =
            "a bundle is PEM: from `-----BEGIN CERTIFICATE-----` to `-----END CERTIFICATE-----`, once or more";

    private final ModelOptions options;
    private final ZoneFilter zones;
    private final DiagnosticSink diagnostics;
    private final SortedMap<String, List<MeshTrustResource>> declared = new TreeMap<>();

    TrustBinder(ModelOptions options, ZoneFilter zones, DiagnosticSink diagnostics) {
        this.options = options;
        this.zones = zones;
        this.diagnostics = diagnostics;
    }

    /** The names of the meshes that MeshTrusts are declared for. */
    SortedMap<String, List<MeshTrustResource>> read(Sources sources) {
        for (Placed<MeshTrustResource> placed : sources.trusts) {
            MeshTrustResource trust = placed.resource();
            boolean isUsable = IdentityBinder.isInSystemNamespace("MeshTrust", placed, options, diagnostics);
            for (SourceText bundle : trust.caBundles()) {
                isUsable &= isReadable(bundle);
            }
            // What a zone trusts the global control plane gets to know, and the other zones do not.
            if (isUsable && zones.isLocal("MeshTrust", placed.metadata())) {
                declared.computeIfAbsent(placed.mesh(), none -> new ArrayList<>())
                        .add(trust);
            }
        }
        return declared;
    }

    private boolean isReadable(SourceText bundle) {
        try {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(bundle.value().getBytes(StandardCharsets.US_ASCII)))
                    .isEmpty()) {
                return true;
            }
            diagnostics.add(
                    DiagnosticId.TRUST_UNREADABLE,
                    bundle.span(),
                    "there is no certificate in this CA bundle",
                    PEM_HELP);
        } catch (CertificateException e) {
            diagnostics.add(
                    DiagnosticId.TRUST_UNREADABLE,
                    bundle.span(),
                    "this CA bundle cannot be read as certificates",
                    PEM_HELP);
        }
        return false;
    }

    /** The trusts of a mesh, one for each trust domain, by name. */
    List<MeshTrust> bind(String mesh, IdentityIssuer issuer) {
        List<MeshTrustResource> given = declared.getOrDefault(mesh, List.of()).stream()
                .sorted(Comparator.comparing(trust -> trust.metadata().name().value()))
                .toList();
        SortedMap<String, Bundle> bundles = new TreeMap<>();
        given.forEach(trust -> declare(trust, bundles));
        for (MeshIdentity identity : issuer.identities()) {
            if (identity.notReady() == null && IdentityStatus.createsTrust(identity.provider())) {
                Optional<MeshTrustResource> namesake = given.stream()
                        .filter(trust -> trust.metadata().name().value().equals(identity.name()))
                        .findFirst();
                for (String trustDomain : trustDomains(identity, namesake, issuer)) {
                    bundles.computeIfAbsent(
                                    trustDomain, none -> new Bundle(identity.name(), identity.kri(), identity.span()))
                            .add(identity);
                }
            }
        }
        List<MeshTrust> trusts = new ArrayList<>();
        bundles.forEach((trustDomain, bundle) -> trusts.add(bundle.toTrust(trustDomain)));
        trusts.sort(Comparator.comparing(MeshTrust::name).thenComparing(MeshTrust::trustDomain));
        return trusts;
    }

    private static void declare(MeshTrustResource trust, SortedMap<String, Bundle> bundles) {
        bundles.computeIfAbsent(
                        trust.trustDomain().value(),
                        none -> new Bundle(trust.metadata().name().value(), trust.originKri(), trust.span()))
                .pems
                .addAll(trust.caBundles().stream().map(SourceText::value).toList());
    }

    // Of a MeshTrust that is there Kuma changes only the CAs: the trust domain stays, though the identity has another
    // now.
    private List<String> trustDomains(
            MeshIdentity identity, Optional<MeshTrustResource> namesake, IdentityIssuer issuer) {
        List<String> issued = issuer.trustDomains(identity);
        if (namesake.isEmpty()) {
            return options.target().isKuma() && identity.trustDomain() != null
                    ? List.of(identity.trustDomain())
                    : issued;
        }
        String stays = namesake.get().trustDomain().value();
        return options.target().isKuma() || !issued.contains(stays) ? List.of(stays) : issued;
    }

    private static final class Bundle {
        private final String name;
        private final @Nullable String originKri;
        private final SourceSpan span;
        private final Set<String> pems = new LinkedHashSet<>();
        private @Nullable MeshIdentity generatedBy;

        Bundle(String name, @Nullable String originKri, SourceSpan span) {
            this.name = name;
            this.originKri = originKri;
            this.span = span;
        }

        void add(MeshIdentity identity) {
            generatedBy = generatedBy == null ? identity : generatedBy;
            if (identity.provider() instanceof IdentityProvider.Bundled bundled && bundled.userCa() != null) {
                pems.add(bundled.userCa());
            }
        }

        MeshTrust toTrust(String trustDomain) {
            return new MeshTrust(name, trustDomain, List.copyOf(pems), generatedBy, originKri, span);
        }
    }
}
