package dev.writ.runtime.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * The words before a name that say what is wrong with a caller's certificate, in features and on the command line alike; and a
 * caller in those words.
 */
public final class CallerPhrases {
    public static final String EXPIRED = "an expired certificate of ";
    public static final String FOREIGN = "a certificate of a foreign CA for ";
    public static final String DNS_NAME = "a certificate with only the DNS name ";

    private CallerPhrases() {}

    /** A caller with more URI SANs in its certificate, after its own. */
    public static Caller with(Caller.Named first, List<String> more) {
        List<String> uriSans = new ArrayList<>(first.uriSans());
        uriSans.addAll(more);
        return switch (first) {
            case Caller.Certificate certificate -> new Caller.Certificate(uriSans);
            case Caller.ExpiredCertificate certificate -> new Caller.ExpiredCertificate(uriSans);
            case Caller.ForeignCertificate certificate -> new Caller.ForeignCertificate(uriSans);
        };
    }

    /** @param joint between several URI SANs of one certificate */
    public static String of(Caller caller, String joint) {
        return switch (caller) {
            case Caller.Certificate certificate -> String.join(joint, certificate.uriSans());
            case Caller.ExpiredCertificate certificate -> EXPIRED + String.join(joint, certificate.uriSans());
            case Caller.ForeignCertificate certificate -> FOREIGN + String.join(joint, certificate.uriSans());
            case Caller.DnsCertificate certificate -> DNS_NAME + String.join(joint, certificate.dnsNames());
            case Caller.Anonymous anonymous -> "anonymous";
            case Caller.Plaintext plaintext -> "plaintext";
        };
    }
}
