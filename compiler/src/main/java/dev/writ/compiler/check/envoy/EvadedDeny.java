package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.TextMatcher;

/**
 * A deny by {@code uri_san}, which is all URI SANs in one text, joined with commas: a second one evades an exact deny, and one before
 * it a deny by prefix. An allow of everybody else is such a deny too.
 */
final class EvadedDeny implements Danger {
    private static final String OTHER = "spiffe://other.example/ns/other/sa/other";

    @Override
    public void find(Survey survey, Findings findings) {
        for (Asked asked : survey.asked()) {
            if (asked.name() == Asked.Name.URI_SANS && asked.keepsOut() && isEvaded(asked)) {
                findings.add(
                        DiagnosticId.ENVOY_JOINED_SANS,
                        asked.place(),
                        "a certificate with a further URI SAN evades this deny: `uri_san` joins them with commas",
                        "deny first what is not one SPIFFE ID, by a regular expression, or ask for `principal_name`");
            }
        }
    }

    private static boolean isEvaded(Asked asked) {
        String name = asked.start();
        if (name.isEmpty() || asked.matcher() instanceof TextMatcher.Contains) {
            return false;
        }
        return passes(asked, name + "," + OTHER) || passes(asked, OTHER + "," + name);
    }

    private static boolean passes(Asked asked, String joined) {
        boolean matched = IdentityGuard.holds(asked.matcher(), joined).orElse(true);
        return !matched && !asked.guard().refuses(joined);
    }
}
