package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;

/**
 * A prefix of SPIFFE IDs that does not end with a slash: Envoy compares bytes, so that {@code spiffe://prod.example} matches
 * {@code spiffe://prod.example.evil.com}, and {@code …/ns/shop} matches {@code …/ns/shop-evil}. A deny that reaches too far errs on
 * the safe side.
 */
final class OpenIdPrefix implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Asked asked : survey.asked()) {
            if (asked.matcher() instanceof TextMatcher.StartsWith prefix) {
                boolean admits = asked.negated() ? asked.denies() : asked.allows();
                add(prefix.text(), asked.place(), admits, findings);
            }
        }
        for (Chain chain : survey.chains()) {
            List<SanMatcher> matchers = chain.sanMatchers();
            for (int i = 0; i < matchers.size(); i++) {
                if (matchers.get(i).matcher() instanceof TextMatcher.StartsWith prefix) {
                    String place = chain.validationPlace() + ".match_typed_subject_alt_names[" + i + "].matcher.prefix";
                    add(prefix.text(), place, true, findings);
                }
            }
        }
    }

    private static void add(String prefix, String place, boolean admits, Findings findings) {
        if (prefix.endsWith("/") || !prefix.startsWith(SpiffeId.SCHEME)) {
            return;
        }
        boolean path = prefix.indexOf('/', SpiffeId.SCHEME.length()) >= 0;
        findings.add(
                DiagnosticId.ENVOY_OPEN_PREFIX,
                admits ? Severity.WARNING : Severity.NOTE,
                place,
                "the prefix ends inside the " + (path ? "segment" : "trust domain") + ": it also "
                        + (admits ? "admits" : "denies") + " `" + prefix + (path ? "-evil" : ".evil.com") + "`",
                path ? "end it with a slash, or name the SPIFFE ID with `exact`" : "end it with a slash");
    }
}
