package dev.writ.runtime.identity;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.OPTIONS;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.ModelFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CA of one's own: where it is found, and whether it can sign. */
class UserAuthorityTest {
    private static final UserCa RSA = UserCa.rsa();
    private static final String KV = deployment("kuma-demo", "kv");

    @TempDir
    private Path files = Path.of("");

    private static String source(String type, String of, String value) {
        return "type: " + type + "\n" + of + ":\n" + value.indent(2);
    }

    private static String inline(String pem) {
        return source("InsecureInline", "insecureInline", "value: |\n" + pem.indent(2));
    }

    private static String file(String path) {
        return source("File", "file", "path: " + path);
    }

    private static String identity(String certificate, String key) {
        String ca = "ca:\n  certificate:\n" + certificate.indent(4) + "  privateKey:\n" + key.indent(4);
        return IDENTITY.replace("      autogenerate:\n        enabled: true\n", ca.indent(6));
    }

    private ModelFixture mesh(String certificate, String key, String... more) {
        List<String> documents = new ArrayList<>(List.of(more));
        documents.addAll(List.of(DEMO_NAMESPACE, identity(certificate, key), KV));
        return ModelFixture.of(OPTIONS.withFiles(files), documents.toArray(String[]::new));
    }

    private static void assertIssued(ModelFixture mesh) {
        assertThat(mesh.spiffeId("kuma-demo/kv"))
                .isEqualTo("spiffe://default.default.mesh.local/ns/kuma-demo/sa/default");
        assertThat(mesh.mesh("default").identities().getFirst().notReady()).isNull();
    }

    @Test
    void anInlineCaIsTheMeshsTrust() {
        ModelFixture mesh = mesh(inline(RSA.certificatePem()), inline(RSA.keyPem()));

        assertThat(mesh.diagnostics()).isEmpty();
        assertIssued(mesh);
        MeshTrust trust = mesh.mesh("default").trusts().getFirst();
        assertThat(trust.caBundles()).containsExactly(RSA.certificatePem());
        assertThat(trust.hasUnknownCa()).isFalse();
    }

    @Test
    void keysOfEveryFormAreRead() {
        UserCa ec = UserCa.of("EC", true, KeyUsage.keyCertSign);
        UserCa edwards = UserCa.of("Ed25519", true, KeyUsage.keyCertSign);
        for (ModelFixture mesh : List.of(
                mesh(inline(RSA.certificatePem()), inline(RSA.oldKeyPem())),
                mesh(inline(ec.certificatePem()), inline(ec.keyPem())),
                mesh(inline(ec.certificatePem()), inline(ec.oldKeyPem())),
                mesh(inline(edwards.certificatePem()), inline(edwards.keyPem())))) {
            assertThat(mesh.diagnostics()).isEmpty();
            assertIssued(mesh);
        }
    }

    @Test
    void aFileIsLookedForBelowTheFolderThatStandsForTheControlPlanes() throws IOException {
        Files.writeString(files.resolve("ca.crt"), RSA.certificatePem());
        Files.writeString(files.resolve("ca.key"), RSA.keyPem());

        ModelFixture mesh = mesh(file("/ca.crt"), file("/ca.key"));

        assertThat(mesh.diagnostics()).isEmpty();
        assertIssued(mesh);
        assertThat(mesh.mesh("default").identities().getFirst().provider())
                .isInstanceOfSatisfying(
                        IdentityProvider.Bundled.class,
                        bundled -> assertThat(bundled.userKey()).hasToString("[private key]"));
    }

    @Test
    void noFileOutsideOfItIsRead(@TempDir Path outside) throws IOException {
        Path secret = Files.writeString(outside.resolve("ca.crt"), RSA.certificatePem());
        Files.writeString(files.resolve("ca.key"), RSA.keyPem());
        Files.createSymbolicLink(files.resolve("link.crt"), secret);

        for (String path : List.of("../" + outside.getFileName() + "/ca.crt", "/link.crt")) {
            Diagnostic note = mesh(file(path), file("/ca.key")).finding(DiagnosticId.IDENTITY_CA_NOT_AT_HAND);
            assertThat(note.message()).contains("leaves the folder");
        }
    }

    @Test
    void whatIsNotAtHandIsNotedAndCountsAsGood() {
        ModelFixture mesh = mesh(file("/none.crt"), source("EnvVar", "envVar", "name: CA_KEY"));

        assertThat(mesh.diagnostics())
                .extracting(Diagnostic::id)
                .containsExactly(DiagnosticId.IDENTITY_CA_NOT_AT_HAND, DiagnosticId.IDENTITY_CA_NOT_AT_HAND);
        assertThat(mesh.diagnostics().get(0).message()).contains("the certificate of the CA", "`/none.crt`");
        assertThat(mesh.diagnostics().get(1).message()).contains("the private key of the CA", "`CA_KEY`");
        assertIssued(mesh);
        assertThat(mesh.mesh("default").trusts().getFirst().hasUnknownCa()).isTrue();
    }

    @Test
    void aSecretOfTheSourcesIsRead() {
        String secrets = secret("ca-crt", RSA.certificatePem()) + "---\n" + secret("ca-key", RSA.keyPem());

        ModelFixture mesh = mesh(reference("ca-crt"), reference("ca-key"), secrets);

        assertThat(mesh.diagnostics()).isEmpty();
        assertIssued(mesh);
    }

    @Test
    void aSecretThatTheSourcesLackIsNoted() {
        ModelFixture mesh = mesh(reference("ca-crt"), inline(RSA.keyPem()));

        assertThat(mesh.finding(DiagnosticId.IDENTITY_CA_NOT_AT_HAND).message()).contains("no Secret `ca-crt`");
        assertIssued(mesh);
    }

    private static String reference(String name) {
        return source("Secret", "secretRef", "kind: Secret\nname: " + name);
    }

    private static String secret(String name, String value) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: kuma-system
                type: system.kuma.io/secret
                data:
                  value: %s
                """.formatted(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aKeyThatDoesNotFitIsAnErrorAtTheKey() throws IOException {
        Files.writeString(files.resolve("other.key"), UserCa.rsa().keyPem());

        ModelFixture mesh = mesh(inline(RSA.certificatePem()), file("/other.key"));

        Diagnostic error = mesh.finding(DiagnosticId.IDENTITY_CA_UNUSABLE);
        assertThat(error.message()).isEqualTo("the private key of the CA is not the key of the certificate");
        assertThat(underlined(error)).contains("privateKey");
        assertThat(mesh.mesh("default").identities().getFirst().notReady())
                .isEqualTo("the private key of its CA is not the key of the certificate");
    }

    @Test
    void whatIsNoCertificateIsAnError() {
        ModelFixture mesh = mesh(inline("nothing\n"), inline(RSA.keyPem()));

        assertThat(mesh.finding(DiagnosticId.IDENTITY_CA_UNUSABLE).message())
                .isEqualTo("the certificate of the CA holds no certificate in PEM form");
    }

    @Test
    void aSelfSignedCaMustBeAllowed() {
        String certificate = inline(RSA.certificatePem());
        String strict = identity(certificate, inline(RSA.keyPem()))
                .replace("insecureAllowSelfSigned: true", "insecureAllowSelfSigned: false");

        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, strict, KV);

        assertThat(mesh.mesh("default").identities().getFirst().notReady()).contains("CA signs itself");
    }

    @Test
    void anIntermediateCaIsNotSelfSigned() {
        UserCa intermediate = RSA.intermediate();
        String strict = identity(
                        inline(intermediate.certificatePem() + RSA.certificatePem()), inline(intermediate.keyPem()))
                .replace("insecureAllowSelfSigned: true", "insecureAllowSelfSigned: false");

        assertIssued(ModelFixture.of(DEMO_NAMESPACE, strict, KV));
    }
}
