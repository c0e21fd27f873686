package dev.writ.runtime.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** An X.509-SVID with its private key. The chain is the leaf alone, as Kuma's bundled provider sends it. */
public record Svid(X509Certificate certificate, PrivateKey key) {
    /** Names the certificate only: a private key never reaches a log. */
    @Override
    public String toString() {
        return "Svid[" + certificate.getSerialNumber().toString(16) + "]";
    }
}
