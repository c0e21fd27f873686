package dev.writ.compiler.check.envoy;

import com.google.re2j.Pattern;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;

/**
 * A prefix of SPIFFE IDs that does not end with a slash: Envoy compares bytes, so that {@code spiffe://prod.example} matches
 * {@code spiffe://prod.example.evil.com}, and {@code …/ns/shop} matches {@code …/ns/shop-evil}. A deny that reaches too far errs on
 * the safe side, and where the SPIFFE validator knows the trust domains only they can be admitted.
 */
final class OpenIdPrefix implements Danger {
    /** Where the usual path, {@code /ns/NAMESPACE/sa/ACCOUNT}, can only go on with a slash: Kuma takes no prefix that has it. */
    private static final Pattern BEFORE_NAME = Pattern.compile("spiffe://[^/]+/ns(/[^/]+/sa)?");

    @Override
    public void find(Survey survey, Findings findings) {
        for (Asked asked : survey.asked()) {
            if (asked.matcher() instanceof TextMatcher.StartsWith prefix) {
                boolean admits = asked.negated() ? asked.denies() : asked.allows();
                if (asked.site()
                        .chain()
                        .map(chain -> isOpen(prefix.text(), chain))
                        .orElse(true)) {
                    add(prefix.text(), asked.place(), admits, findings);
                }
            }
        }
        for (Chain chain : survey.chains()) {
            List<SanMatcher> matchers = chain.sanMatchers();
            for (int i = 0; i < matchers.size(); i++) {
                if (matchers.get(i).matcher() instanceof TextMatcher.StartsWith prefix
                        && isOpen(prefix.text(), chain)) {
                    String place = chain.validationPlace() + ".match_typed_subject_alt_names[" + i + "].matcher.prefix";
                    add(prefix.text(), place, true, findings);
                }
            }
        }
    }

    /** The SPIFFE validator lets in no trust domain that it does not know, however it begins. */
    private static boolean isOpen(String prefix, Chain chain) {
        boolean path = prefix.indexOf('/', SpiffeId.SCHEME.length()) >= 0;
        if (path
                || !(chain.config().transport() instanceof Transport.Tls tls)
                || !(tls.validation() instanceof ClientValidation.SpiffeTrust trust)) {
            return true;
        }
        return trust.trustDomains().stream()
                .map(trustDomain -> SpiffeId.SCHEME + trustDomain)
                .anyMatch(known -> known.startsWith(prefix) && !known.equals(prefix));
    }

    private static void add(String prefix, String place, boolean admits, Findings findings) {
        if (prefix.endsWith("/") || !prefix.startsWith(SpiffeId.SCHEME) || BEFORE_NAME.matches(prefix)) {
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
