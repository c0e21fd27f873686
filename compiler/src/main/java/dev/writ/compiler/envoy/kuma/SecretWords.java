package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Says which secret a name of Kuma's config stands for, and which certificates a PEM text holds. */
final class SecretWords {
    private static final String PEM = "-----BEGIN";
    private static final String MESH_SVID = "identity_cert:secret:";
    private static final String MESH_CA = "mesh_ca:secret:";
    private static final int FINGERPRINT_BYTES = 8;
    private static final int KRI_MESH = 2;
    private static final int KRI_NAME = 5;

    private SecretWords() {}

    /** A trust domain with its bundle, or what the control plane generates. */
    static String of(JsonNode tree) {
        if (tree.has(ModelledConfig.GENERATED)) {
            return tree.path(ModelledConfig.GENERATED).asText();
        }
        JsonNode bundle = tree.path("trustBundle");
        return "trust domain `" + tree.path("name").asText() + "`: "
                + (bundle.isTextual() ? ofText(bundle.textValue()) : of(bundle));
    }

    /** A name or a PEM text. */
    static String ofText(String text) {
        if (text.startsWith(PEM)) {
            return certificates(text);
        }
        if (text.startsWith("kri_mid_")) {
            String[] kri = text.split("_", -1);
            return kri.length > KRI_NAME
                    ? "the SVID of the MeshIdentity `" + kri[KRI_NAME] + "` of mesh `" + kri[KRI_MESH] + "`"
                    : quoted(text);
        }
        if (text.startsWith(MESH_SVID)) {
            return "the SVID of the CA backend of mesh `" + text.substring(MESH_SVID.length()) + "`";
        }
        if (text.startsWith(MESH_CA)) {
            return "the CA of mesh `" + text.substring(MESH_CA.length()) + "`";
        }
        return switch (text) {
            case "system_trust_bundle" -> "the bundle of all MeshTrusts";
            case "ALL" -> "all bundles of the SPIRE agent";
            default -> quoted(text);
        };
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String certificates(String pem) {
        List<String> all = new ArrayList<>();
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                all.add(certificate((X509Certificate) certificate));
            }
        } catch (CertificateException | NoSuchAlgorithmException e) {
            return "certificates that cannot be read";
        }
        return String.join(" and ", all);
    }

    private static String certificate(X509Certificate certificate)
            throws CertificateException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return "the certificate `" + certificate.getSubjectX500Principal().getName() + "` (SHA-256 "
                + HexFormat.of().formatHex(Arrays.copyOf(digest, FINGERPRINT_BYTES)) + "…)";
    }
}
