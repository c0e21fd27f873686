package dev.writ.compiler.envoy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.model.TestCertificates;
import org.junit.jupiter.api.Test;

/** What Envoy 1.40.0 made of each of these as a {@code trusted_ca}. */
class PemCertificatesTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n";

    private static int count(String pem) {
        return PemCertificates.read(pem).map(java.util.List::size).orElse(0);
    }

    @Test
    void whateverStandsAroundCertificatesIsNone() {
        String good = TestCertificates.FIRST.strip() + "\n";
        assertThat(count(good)).isEqualTo(1);
        assertThat(count(good + good)).isEqualTo(2);
        assertThat(count("# a comment\n" + KEY + good + "\nmore")).isEqualTo(1);
        assertThat(count(good.strip().replace("\n", "\r\n"))).isEqualTo(1);
        assertThat(count(good.replace("BEGIN C", "BEGIN TRUSTED C").replace("END C", "END TRUSTED C")))
                .isEqualTo(1);
    }

    @Test
    void oneBrokenCertificateSpoilsAll() {
        String good = TestCertificates.FIRST.strip() + "\n";
        String cut = good.substring(0, good.indexOf('\n', 60)) + "\n-----END CERTIFICATE-----\n";
        assertThat(count(cut)).isZero();
        assertThat(count(good + cut)).isZero();
        assertThat(count(good.replaceFirst("\n....", "\n!!!!"))).isZero();
        assertThat(count(good.indent(2))).isZero();
        assertThat(count(KEY)).isZero();
        assertThat(count("")).isZero();
    }
}
