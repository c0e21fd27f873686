package dev.writ.compiler.analysis;

/** Answers to questions that have but a few. */
final class Choice {
    static final String NO = "";
    static final String YES = "1";

    /** A client certificate, offered with Kuma's ALPN. */
    static final String CERTIFICATE = "";
    /** TLS without a certificate and without an ALPN. */
    static final String ANONYMOUS = "1";

    static final String PLAINTEXT = "2";

    private Choice() {}
}
