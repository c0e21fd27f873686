package dev.writ.compiler.envoy.config;

import dev.writ.compiler.envoy.GeneratedText;
import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Reads what the CAs of an inline bundle are called. A bundle in a file or a variable is not at hand. */
final class AuthorityReader {
    private static final int URI_SAN = 6;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)*)");

    private final Decoding decoding;

    AuthorityReader(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Refuses an inline bundle that is no PEM, but for what stands for a CA that a control plane makes up. */
    Authority read(DataSource source, String place) {
        return switch (source.getSpecifierCase()) {
            case INLINE_BYTES -> read(source.getInlineBytes().toStringUtf8(), place + ".inline_bytes");
            case INLINE_STRING ->
                GeneratedText.isIn(source)
                        ? Authority.UNKNOWN
                        : read(source.getInlineString(), place + ".inline_string");
            case FILENAME, ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET -> Authority.UNKNOWN;
        };
    }

    private Authority read(String pem, String place) {
        Optional<List<X509Certificate>> certificates = PemCertificates.read(pem);
        if (certificates.isEmpty()) {
            decoding.refuse(place, "no certificates in PEM, or a broken one");
            return Authority.UNKNOWN;
        }
        try {
            Set<String> names = new LinkedHashSet<>();
            for (X509Certificate certificate : certificates.get()) {
                names.addAll(names(certificate));
            }
            return names.isEmpty() ? Authority.UNKNOWN : new Authority(List.copyOf(names), true);
        } catch (CertificateException e) {
            return Authority.UNKNOWN;
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        List<String> names = new ArrayList<>();
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        names.add(subject);
        Matcher commonName = COMMON_NAME.matcher(subject);
        if (commonName.find()) {
            names.add(commonName.group(1).replaceAll("\\\\(.)", "$1"));
        }
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> name : certificate.getSubjectAlternativeNames()) {
                if (name.get(0).equals(URI_SAN)) {
                    String uri = String.valueOf(name.get(1));
                    names.add(uri);
                    names.add(uri.replaceFirst("^spiffe://([^/]*).*", "$1"));
                }
            }
        }
        return names;
    }
}
