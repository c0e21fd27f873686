package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.Transport;

/** {@code require_client_certificate} without a validation context: Envoy asks for no certificate, and everybody comes in without one. */
final class UnaskedCertificate implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Chain chain : survey.chains()) {
            if (!(chain.config().transport() instanceof Transport.Tls tls) || !tls.requireClientCertificate()) {
                continue;
            }
            if (tls.validation() instanceof ClientValidation.NotRequested) {
                findings.add(
                        DiagnosticId.ENVOY_NO_CLIENT_VALIDATION,
                        chain.transportPlace() + ".require_client_certificate",
                        "without a validation context Envoy asks for no certificate: callers without one come in",
                        "add a `validation_context` with a `trusted_ca` or the SPIFFE validator");
            } else if (tls.validation() instanceof ClientValidation.Unverified) {
                findings.add(
                        DiagnosticId.ENVOY_NO_CLIENT_VALIDATION,
                        chain.transportPlace() + ".require_client_certificate",
                        "without a `trusted_ca` Envoy requires no certificate: callers without one come in",
                        "add a `trusted_ca`, or use the SPIFFE validator");
            }
        }
    }
}
