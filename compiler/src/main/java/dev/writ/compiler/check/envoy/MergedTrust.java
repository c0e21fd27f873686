package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.OneCa;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One {@code trusted_ca} where several trust domains are let in: each of its CAs can mint the identities of all of them. The SPIFFE
 * validator holds a CA to its own trust domain.
 */
final class MergedTrust implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Chain chain : survey.chains()) {
            if (!(chain.config().transport() instanceof Transport.Tls tls)
                    || !(tls.validation() instanceof ClientValidation.OneCa ca)) {
                continue;
            }
            TreeSet<String> trustDomains = new TreeSet<>();
            Stream.concat(texts(ca), allowed(chain, survey))
                    .forEach(text -> trustDomain(text).ifPresent(trustDomains::add));
            if (trustDomains.size() > 1) {
                findings.add(
                        DiagnosticId.ENVOY_MERGED_TRUST,
                        chain.validationPlace() + ".trusted_ca",
                        "one bundle for the trust domains `" + String.join("`, `", trustDomains)
                                + "`: each CA in it can mint identities of all of them",
                        "use the SPIFFE validator (`envoy.tls.cert_validator.spiffe`), with a CA for each trust domain");
            }
        }
    }

    private static Stream<String> texts(OneCa ca) {
        return Stream.concat(
                ca.authority().names().stream(),
                ca.sanMatchers().stream().map(SanMatcher::matcher).map(Asked::start));
    }

    private static Stream<String> allowed(Chain chain, Survey survey) {
        List<Asked> asked = survey.asked();
        return asked.stream()
                .filter(one -> one.site().chain().equals(Optional.of(chain)))
                .filter(one -> one.allows() && !one.negated())
                .map(Asked::start);
    }

    /** That of a SPIFFE ID, or of the start of one that has the whole of it. */
    private static Optional<String> trustDomain(String text) {
        int slash = text.indexOf('/', SpiffeId.SCHEME.length());
        if (!text.startsWith(SpiffeId.SCHEME) || slash == SpiffeId.SCHEME.length()) {
            return Optional.empty();
        }
        return slash < 0 ? Optional.empty() : Optional.of(text.substring(SpiffeId.SCHEME.length(), slash));
    }
}
