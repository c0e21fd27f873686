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
        @Nullable String notReady) {
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

    /**
     * The trust domain that a dataplane with these labels gets. Kuma reads {@code label} from the MeshIdentity when it issues,
     * its documentation says from the dataplane: the MeshIdentity's label wins, and what it lacks the dataplane's gives, so that
     * whatever issues in Kuma is issued the same here, and workloads of one MeshIdentity may have several trust domains.
     */
    TrustDomainResolver.Outcome trustDomain(Map<String, String> dataplaneLabels) {
        SortedMap<String, String> read = new TreeMap<>(dataplaneLabels);
        read.putAll(labels);
        return TrustDomainResolver.resolve(trustDomainTemplate, TemplateScope.trustDomain(mesh, zone, read));
    }

    /** Kuma's resource identifier ({@code core/kri}). */
    String kri() {
        return String.join("_", "kri", "mid", mesh, zone, namespace, name(), "");
    }
}
