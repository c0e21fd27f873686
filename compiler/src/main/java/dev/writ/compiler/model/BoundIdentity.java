package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A MeshIdentity in its mesh, before it is known whom it selects.
 *
 * @param labels its own, those that Kuma computes among them
 * @param notReady why its provider cannot issue; null if it can
 * @param providerError the same in the words of Kuma's condition {@code Provider}; null where that says nothing of it
 */
record BoundIdentity(
        String mesh,
        String zone,
        String namespace,
        MeshIdentityResource resource,
        SpiffeTemplate trustDomainTemplate,
        SpiffeTemplate pathTemplate,
        IdentityProvider provider,
        SortedMap<String, String> labels,
        @Nullable String notReady,
        @Nullable String providerError,
        Target target) {
    BoundIdentity {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    String name() {
        return resource.metadata().name().value();
    }

    /** What a dataplane's labels must be to be selected; null for an identity that selects none. */
    @Nullable
    Map<String, String> required() {
        Map<String, SourceText> matchLabels = resource.matchLabels();
        if (matchLabels == null) {
            return null;
        }
        Map<String, String> required = new TreeMap<>();
        matchLabels.forEach((key, text) -> required.put(key, text.value()));
        return required;
    }

    /** Whether it matches a dataplane with these labels; a more specific one may match it too. */
    boolean matches(Map<String, String> dataplaneLabels) {
        Map<String, String> required = required();
        return required != null && dataplaneLabels.entrySet().containsAll(required.entrySet());
    }

    /**
     * The trust domain that a dataplane with these labels gets. Kuma reads {@code label} from the MeshIdentity when it issues,
     * its documentation says from the dataplane. For a target that is a Kuma it is as there; for the others the MeshIdentity's
     * label wins, and what it lacks the dataplane's gives, so that whatever issues in Kuma is issued the same here, and
     * workloads of one MeshIdentity may have several trust domains.
     */
    TrustDomainResolver.Outcome trustDomain(Map<String, String> dataplaneLabels) {
        SortedMap<String, String> read = new TreeMap<>(target.isKuma() ? Map.of() : dataplaneLabels);
        read.putAll(labels);
        return TrustDomainResolver.resolve(trustDomainTemplate, TemplateScope.trustDomain(mesh, zone, read));
    }

    /**
     * The trust domain in the SPIFFE IDs that Kuma keeps in MeshServices for a dataplane: there it reads {@code label} and the
     * zone from the dataplane ({@code meshservice/status/updater.go}).
     */
    TrustDomainResolver.Outcome advertisedTrustDomain(Map<String, String> dataplaneLabels) {
        return target.isKuma()
                ? TrustDomainResolver.resolve(
                        trustDomainTemplate, TemplateScope.trustDomain(mesh, zone, dataplaneLabels))
                : trustDomain(dataplaneLabels);
    }

    /** The SPIFFE ID of a dataplane with these labels. */
    SpiffeIdResolver.Outcome spiffeId(String trustDomain, Map<String, String> dataplaneLabels) {
        TemplateScope scope = target == Target.KUMA_2_12
                ? TemplateScope.pathOf212(trustDomain, dataplaneLabels)
                : TemplateScope.path(trustDomain, dataplaneLabels);
        return SpiffeIdResolver.resolve(pathTemplate, trustDomain, scope);
    }

    /** Kuma's resource identifier ({@code core/kri}). */
    String kri() {
        return String.join("_", "kri", "mid", mesh, zone, namespace, name(), "");
    }
}
