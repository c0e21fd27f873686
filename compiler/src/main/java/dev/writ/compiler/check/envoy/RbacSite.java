package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.Rbac;
import java.util.Optional;

/**
 * An RBAC filter at its place.
 *
 * @param place that of the filter
 * @param rules where its enforced rules are: below that place, or the place itself for bare ones
 * @param matcher the same of its enforced matcher
 * @param chain that it is in; empty for one that stands alone
 * @param use what it is to its chain
 */
record RbacSite(String place, String rules, String matcher, Rbac rbac, Optional<Chain> chain, Use use) {
    /** What an RBAC filter is to its chain. */
    enum Use {
        FILTER,
        /** Routes have RBAC of their own in its stead. */
        OVERRIDDEN,
        ROUTE
    }
}
