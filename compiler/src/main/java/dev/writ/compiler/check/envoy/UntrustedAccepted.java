package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.Transport;

/** {@code ACCEPT_UNTRUSTED}: a certificate of any CA comes in, with the SPIFFE ID that its CA gave it. */
final class UntrustedAccepted implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Chain chain : survey.chains()) {
            if (chain.config().transport() instanceof Transport.Tls tls && acceptsUntrusted(tls.validation())) {
                findings.add(
                        DiagnosticId.ENVOY_UNTRUSTED_ACCEPTED,
                        chain.validationPlace() + ".trust_chain_verification",
                        "a certificate of any CA comes in: whoever signs one chooses its SPIFFE ID",
                        "leave `trust_chain_verification` out");
            }
        }
    }

    private static boolean acceptsUntrusted(ClientValidation validation) {
        return validation instanceof ClientValidation.Unverified
                || validation instanceof ClientValidation.OneCa ca && ca.acceptUntrusted();
    }
}
