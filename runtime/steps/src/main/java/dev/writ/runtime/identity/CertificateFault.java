package dev.writ.runtime.identity;

/**
 * Why a certificate or a key that was given cannot be used: the rest of a sentence whose subject is the file. It never quotes
 * key material.
 */
public final class CertificateFault extends Exception {
    private final String message;

    CertificateFault(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
