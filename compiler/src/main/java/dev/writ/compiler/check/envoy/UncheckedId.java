package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.HashSet;
import java.util.Set;

/**
 * An allow by prefix, before which nothing has checked that the certificate has one well-formed SPIFFE ID: {@code ..}, {@code %65}, a
 * query, a trailing slash and a second URI SAN pass it, and the SPIFFE validator refuses none of them. One finding for each filter.
 */
final class UncheckedId implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        Set<RbacSite> seen = new HashSet<>();
        for (Asked asked : survey.asked()) {
            if (asked.name() == Asked.Name.URI_SANS
                    && asked.allows()
                    && !asked.negated()
                    && asked.matcher() instanceof TextMatcher.StartsWith prefix
                    && prefix.text().startsWith(SpiffeId.SCHEME)
                    && !isGuarded(asked, prefix.text())
                    && seen.add(asked.site())) {
                findings.add(
                        DiagnosticId.ENVOY_UNCHECKED_ID,
                        asked.place(),
                        "whatever follows the prefix passes: `..`, `%65`, a second URI SAN after a comma",
                        "deny first what is not one SPIFFE ID, by a regular expression");
            }
        }
    }

    private static boolean isGuarded(Asked asked, String prefix) {
        return asked.guard().refuses(prefix + "x,spiffe://other.example/x")
                && asked.guard().refuses(prefix + "x/../y");
    }
}
