package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import java.util.Base64;
import java.util.regex.Pattern;

/** What Envoy 1.40.0 asks of pins: SHA-256 in hex, with colons or without, of a certificate; in base64 of its key. */
final class CertificatePins {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}|([0-9a-fA-F]{2}:){31}[0-9a-fA-F]{2}");
    private static final int SHA_256_BYTES = 32;
    // Other lengths the API's own rules refuse.
    private static final int SHORTEST = 64;
    private static final int LONGEST = 95;
    private static final int BASE64 = 44;

    private CertificatePins() {}

    static void refuse(CertificateValidationContext context, Decoding decoding, String place) {
        for (int i = 0; i < context.getVerifyCertificateHashCount(); i++) {
            String hash = context.getVerifyCertificateHash(i);
            if (hash.length() >= SHORTEST
                    && hash.length() <= LONGEST
                    && !HASH.matcher(hash).matches()) {
                decoding.refuse(place + ".verify_certificate_hash[" + i + "]", "no SHA-256 in hex");
            }
        }
        for (int i = 0; i < context.getVerifyCertificateSpkiCount(); i++) {
            String spki = context.getVerifyCertificateSpki(i);
            if (spki.length() == BASE64 && !isSha256(spki)) {
                decoding.refuse(place + ".verify_certificate_spki[" + i + "]", "no SHA-256 in base64");
            }
        }
    }

    private static boolean isSha256(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == SHA_256_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
