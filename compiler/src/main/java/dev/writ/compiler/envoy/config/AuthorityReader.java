package dev.writ.compiler.envoy.config;

import com.google.protobuf.ByteString;
import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Reads what the CAs of an inline bundle are called. A bundle in a file or a variable is not at hand. */
final class AuthorityReader {
    private static final int URI_SAN = 6;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)*)");

    private AuthorityReader() {}

    static Authority read(DataSource source) {
        return switch (source.getSpecifierCase()) {
            case INLINE_BYTES -> read(source.getInlineBytes());
            case INLINE_STRING -> read(ByteString.copyFromUtf8(source.getInlineString()));
            case FILENAME, ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET -> Authority.UNKNOWN;
        };
    }

    private static Authority read(ByteString pem) {
        try {
            Set<String> names = new LinkedHashSet<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem.newInput())) {
                names.addAll(names((X509Certificate) certificate));
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
