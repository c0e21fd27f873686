package dev.writ.compiler.check.envoy;

import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;

/** A filter chain at its place. */
record Chain(String place, FilterChain config) {
    String transportPlace() {
        return place + ".transport_socket";
    }

    /** Where the validation context is, if it is in the chain; otherwise what names it. */
    String validationPlace() {
        return transportPlace() + ".common_tls_context.validation_context";
    }

    boolean isPlaintext() {
        return config.transport() instanceof Transport.Plaintext;
    }

    /** Whether TLS is known to let in callers that show no certificate. */
    boolean admitsAnonymous() {
        return switch (config.transport()) {
            case Transport.Tls tls ->
                switch (tls.validation()) {
                    case ClientValidation.NotRequested none -> true;
                    case ClientValidation.Unverified unverified -> true;
                    case ClientValidation.OneCa ca -> !tls.requireClientCertificate() && !ca.insists();
                    case ClientValidation.SpiffeTrust trust -> false;
                    case Unmodelled other -> false;
                };
            case Transport.Plaintext plaintext -> false;
            case Unmodelled other -> false;
        };
    }

    List<ClientValidation.SanMatcher> sanMatchers() {
        if (!(config.transport() instanceof Transport.Tls tls)) {
            return List.of();
        }
        return switch (tls.validation()) {
            case ClientValidation.NotRequested none -> List.of();
            case ClientValidation.Unverified unverified -> List.of();
            case ClientValidation.OneCa ca -> ca.sanMatchers();
            case ClientValidation.SpiffeTrust trust -> trust.sanMatchers();
            case Unmodelled other -> List.of();
        };
    }
}
