package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.TextMatcher;
import java.util.List;
import java.util.Locale;

/** Asks a classic principal of who calls. */
final class CallerTest {
    private final Connection connection;

    CallerTest(Connection connection) {
        this.connection = connection;
    }

    Truth isAuthenticated(Identifier.Authenticated authenticated) {
        if (!connection.tls()) {
            return Truth.NO;
        }
        return authenticated.name().isEmpty()
                ? Truth.YES
                : hasName(authenticated.name().get());
    }

    /** URI SANs, then DNS SANs, then the subject, which is an empty text without a certificate. */
    private Truth hasName(TextMatcher matcher) {
        Peer.Certificate certificate = connection.certificate();
        if (certificate != null) {
            Truth uri = anyOf(matcher, certificate.uriSans());
            if (!(uri instanceof Truth.No)) {
                return uri;
            }
            Truth dns = anyOf(matcher, certificate.dnsSans());
            if (!(dns instanceof Truth.No)) {
                return dns;
            }
        }
        return TextMatching.matches(matcher, certificate == null ? "" : certificate.subject());
    }

    private static Truth anyOf(TextMatcher matcher, List<String> texts) {
        for (String text : texts) {
            Truth truth = TextMatching.matches(matcher, text);
            if (!(truth instanceof Truth.No)) {
                return truth;
            }
        }
        return Truth.NO;
    }

    Truth isValidated(Identifier.ValidatedCertificate expected) {
        Peer.Certificate certificate = connection.certificate();
        if (certificate == null || !connection.validated()) {
            return Truth.NO;
        }
        return expected.san().isEmpty() ? Truth.YES : hasSan(expected.san().get(), certificate);
    }

    /** A request's certificate has no SANs of other kinds. */
    static Truth hasSan(SanMatcher matcher, Peer.Certificate certificate) {
        return switch (matcher.kind()) {
            case URI -> anyOf(matcher.matcher(), certificate.uriSans());
            case DNS -> hasDnsSan(matcher.matcher(), certificate.dnsSans());
            case EMAIL, IP_ADDRESS, OTHER_NAME -> Truth.NO;
        };
    }

    /** An exact DNS name is met by a wildcard in the certificate, too. */
    private static Truth hasDnsSan(TextMatcher matcher, List<String> sans) {
        if (!(matcher instanceof TextMatcher.Exact exact)) {
            return anyOf(matcher, sans);
        }
        String name = exact.text().toLowerCase(Locale.ROOT);
        for (String san : sans) {
            String pattern = san.toLowerCase(Locale.ROOT);
            boolean wildcard = pattern.startsWith("*.")
                    && name.indexOf('.') > 0
                    && name.substring(name.indexOf('.')).equals(pattern.substring(1));
            if (wildcard || name.equals(pattern)) {
                return Truth.YES;
            }
        }
        return Truth.NO;
    }

    Truth isAt(Identifier.Address address) {
        return IpAddresses.isIn(
                address.block(),
                switch (address.side()) {
                    case DIRECT -> connection.directSource();
                    case CONNECTION -> connection.source();
                    case REQUEST -> connection.remote();
                },
                Connection.SOURCE_ADDRESS);
    }
}
