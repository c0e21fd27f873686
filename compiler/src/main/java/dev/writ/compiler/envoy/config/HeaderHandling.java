package dev.writ.compiler.envoy.config;

/**
 * What the connection manager does to a request's headers, before the filters see them, and how it finds out whom the request is
 * from.
 *
 * @param useRemoteAddress whether the caller is who opened the connection; otherwise {@code x-forwarded-for} is believed
 * @param trustedHops how many proxies before are trusted with {@code x-forwarded-for}
 * @param forwardsClientCertificate whether {@code x-forwarded-client-cert} of the caller may stay or is set anew; else it is removed
 */
public record HeaderHandling(
        boolean useRemoteAddress,
        int trustedHops,
        boolean forwardsClientCertificate,
        PortOfHost portOfHost,
        Underscores underscores) {

    /** What a connection manager does that says nothing of it. */
    public static final HeaderHandling DEFAULT =
            new HeaderHandling(false, 0, false, PortOfHost.KEEP, Underscores.ALLOW);

    /** What becomes of the port in the host header. */
    public enum PortOfHost {
        KEEP,
        /** Taken off if it is the listener's. */
        STRIP_MATCHING,
        STRIP_ANY
    }

    /** What becomes of headers with an underscore in the name. */
    public enum Underscores {
        ALLOW,
        REJECT,
        DROP
    }
}
