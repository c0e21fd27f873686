package dev.writ.runtime.identity;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The CAs of a folder of artifacts: {@code _trust/<mesh>/<trust domain>/ca.pem} and {@code ca.key}. A CA is made once and used
 * again by later runs, so that identities rotate and trust stays. Two meshes that name their trust domains alike have two CAs,
 * as in Kuma, whose CA secrets belong to a mesh.
 */
final class AuthorityStore {
    /** No Kubernetes namespace has an underscore (RFC 1123), so no workload's folder can stand here. */
    static final String FOLDER = "_trust";

    static final String CERTIFICATE = "ca.pem";
    static final String KEY = "ca.key";

    private final Path root;
    private final Instant now;

    AuthorityStore(Path out, Instant now) {
        this.root = out.resolve(FOLDER);
        this.now = now;
    }

    /** What a stored CA turned out to be. */
    sealed interface Stored {
        record Usable(CertificateAuthority authority) implements Stored {}

        /** Neither file is there, or only a key that never signed anything: its certificate is written after it. */
        record Absent() implements Stored {}

        record Unusable(Diagnostic finding) implements Stored {}
    }

    Path folder(String mesh, String trustDomain) {
        return root.resolve(mesh).resolve(trustDomain);
    }

    Path keyFile(String mesh, String trustDomain) {
        return folder(mesh, trustDomain).resolve(KEY);
    }

    Stored load(String mesh, String trustDomain) throws IOException {
        Path certificateFile = folder(mesh, trustDomain).resolve(CERTIFICATE);
        Path keyFile = keyFile(mesh, trustDomain);
        if (!Files.exists(certificateFile)) {
            return new Stored.Absent();
        }
        String pem = Files.readString(certificateFile, StandardCharsets.ISO_8859_1);
        X509Certificate certificate;
        try {
            certificate = CertificateAuthority.certificate(trustDomain, pem, now);
        } catch (CertificateFault e) {
            SourceFile file = new SourceFile(certificateFile.toString(), pem);
            return new Stored.Unusable(
                    Diagnostic.of(
                            DiagnosticId.IDENTITY_CA_UNUSABLE,
                            file.span(0, file.line(1).length()),
                            "the stored CA certificate " + e.getMessage(),
                            "put the right file back, or remove the folder to start with a new CA, which ends the trust in the old one"));
        }
        if (!Files.exists(keyFile)) {
            return new Stored.Unusable(unusableKey(keyFile, "is missing"));
        }
        try {
            String key = Files.readString(keyFile, StandardCharsets.ISO_8859_1);
            return new Stored.Usable(CertificateAuthority.of(trustDomain, certificate, key));
        } catch (CertificateFault e) {
            return new Stored.Unusable(unusableKey(keyFile, e.getMessage()));
        }
    }

    CertificateAuthority create(String mesh, String trustDomain) throws IOException {
        CertificateAuthority authority = CertificateAuthority.generate(trustDomain, KeyAlgorithm.RSA_2048, now);
        SecretFolder folder = SecretFolder.at(folder(mesh, trustDomain));
        // The key first: a certificate without its key could not be told from one whose key was lost.
        folder.stageKey(KEY, authority.keyPem());
        folder.stageCertificate(CERTIFICATE, authority.certificatePem());
        folder.commit();
        return authority;
    }

    // Without a span: what is shown of a place is its text, and this text is a private key.
    private static Diagnostic unusableKey(Path file, String fault) {
        return Diagnostic.of(
                DiagnosticId.IDENTITY_CA_UNUSABLE,
                null,
                "the stored CA key `" + file + "` " + fault,
                "put the right file back, or remove the folder to start with a new CA, which ends the trust in the old one");
    }
}
