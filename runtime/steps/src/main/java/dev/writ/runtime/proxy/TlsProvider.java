package dev.writ.runtime.proxy;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;

/**
 * Whose TLS the judge's callers speak: Conscrypt's (BoringSSL), a quarter of the work of Java's own, which is taken on machines that
 * Conscrypt has no library for.
 */
final class TlsProvider {
    private static final Optional<Provider> FAST =
            Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();

    private TlsProvider() {}

    /** A context that is not initialised. */
    static SSLContext context() throws GeneralSecurityException {
        return FAST.isPresent() ? SSLContext.getInstance("TLSv1.3", FAST.get()) : SSLContext.getInstance("TLSv1.3");
    }
}
