package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MeshIdentity bound to its mesh and zone: its templates parsed, its trust domain resolved.
 *
 * @param provider who issues
 * @param conditions its status as Kuma would set it
 * @param trustDomain what its trust domain template gives; null where it gives none
 * @param notReady why it cannot issue; null if it can
 * @param kri Kuma's resource identifier, for example {@code kri_mid_default_default_kuma-system_identity_}
 */
public record MeshIdentity(
        String name,
        MeshIdentityResource resource,
        SpiffeTemplate trustDomainTemplate,
        SpiffeTemplate pathTemplate,
        IdentityProvider provider,
        List<StatusCondition> conditions,
        @Nullable String trustDomain,
        @Nullable String notReady,
        String kri) {
    public MeshIdentity {
        conditions = List.copyOf(conditions);
    }

    public SourceSpan span() {
        return resource.span();
    }
}
