package dev.writ.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.WorkloadKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityWriterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRETS = "kuma-demo/kv/secrets";

    @TempDir
    Path folder;

    @Test
    void everyWorkloadGetsItsSvidKeyAndBundle() throws Exception {
        List<IssuedIdentity> issued = write(DemoMesh.model(), out());
        assertThat(issued).extracting(IssuedIdentity::workload).containsExactly(DemoMesh.KV, DemoMesh.DEMO_APP);
        assertThat(issued.getFirst().notAfter()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(names(SECRETS)).containsExactly(DemoMesh.TRUST_DOMAIN + ".pem", "svid.key", "svid.pem");
        X509Certificate svid = certificate(SECRETS + "/svid.pem");
        svid.verify(certificate(SECRETS + "/" + DemoMesh.TRUST_DOMAIN + ".pem").getPublicKey());
        assertThat(svid.getSubjectAlternativeNames().iterator().next().get(1))
                .isEqualTo("spiffe://default.default.mesh.local/ns/kuma-demo/sa/kv");
        Pem.privateKey(read(SECRETS + "/svid.key"), KeyAlgorithm.RSA_2048);
    }

    @Test
    void onlyTheOwnerReadsKeysAndTheFoldersThatHoldThem() throws Exception {
        write(DemoMesh.model(), out());
        String authority = "_trust/default/" + DemoMesh.TRUST_DOMAIN;
        assertThat(mode(SECRETS + "/svid.key")).isEqualTo("rw-------");
        assertThat(mode(authority + "/ca.key")).isEqualTo("rw-------");
        assertThat(mode(SECRETS)).isEqualTo("rwx------");
        assertThat(mode(authority)).isEqualTo("rwx------");
    }

    @Test
    void onlyTheChosenWorkloadIsWritten() throws Exception {
        DiagnosticSink sink = new DiagnosticSink();
        new IdentityWriter(NOW)
                .write(DemoMesh.model(), workload -> workload.key().equals(DemoMesh.DEMO_APP), out(), sink);
        assertThat(sink.sorted()).isEmpty();
        assertThat(out().resolve("kuma-demo/demo-app/secrets/svid.pem")).exists();
        assertThat(out().resolve("kuma-demo/kv")).doesNotExist();
    }

    @Test
    void theNextRunRotatesIdentitiesAndKeepsTheTrust() throws Exception {
        write(DemoMesh.model(), out());
        String bundle = read(SECRETS + "/" + DemoMesh.TRUST_DOMAIN + ".pem");
        String svid = read(SECRETS + "/svid.pem");
        String key = read(SECRETS + "/svid.key");
        write(DemoMesh.model(), out());
        assertThat(read(SECRETS + "/" + DemoMesh.TRUST_DOMAIN + ".pem")).isEqualTo(bundle);
        assertThat(read(SECRETS + "/svid.pem")).isNotEqualTo(svid);
        assertThat(read(SECRETS + "/svid.key")).isNotEqualTo(key);
    }

    @Test
    void whatAnInterruptedRunLeftIsRemovedAndCompleted() throws Exception {
        write(DemoMesh.model(), out());
        Files.writeString(out().resolve(SECRETS).resolve(".writ-staged-1.key"), "half a ke");
        Files.delete(out().resolve(SECRETS).resolve("svid.pem"));
        Files.delete(out().resolve("_trust/default/" + DemoMesh.TRUST_DOMAIN + "/ca.pem"));
        write(DemoMesh.model(), out());
        assertThat(names(SECRETS)).containsExactly(DemoMesh.TRUST_DOMAIN + ".pem", "svid.key", "svid.pem");
        certificate(SECRETS + "/svid.pem")
                .verify(certificate(SECRETS + "/" + DemoMesh.TRUST_DOMAIN + ".pem")
                        .getPublicKey());
    }

    @Test
    void theMeshTrustIsTheOneTheControlPlaneWouldMake() throws Exception {
        write(DemoMesh.model(), out());
        String pem = read("_trust/default/" + DemoMesh.TRUST_DOMAIN + "/ca.pem").strip();
        assertThat(read("_trust/default/mesh-trust.yaml"))
                .isEqualTo("""
                        apiVersion: kuma.io/v1alpha1
                        kind: MeshTrust
                        metadata:
                          labels:
                            kuma.io/env: kubernetes
                            kuma.io/mesh: default
                            kuma.io/origin: zone
                            kuma.io/zone: default
                          name: identity
                          namespace: kuma-system
                        spec:
                          caBundles:
                          - pem:
                              value: |
                                %s
                            type: Pem
                          origin:
                            kri: kri_mid_default_default_kuma-system_identity_
                          trustDomain: default.default.mesh.local
                        """.formatted(pem.replace("\n", "\n" + " ".repeat(8))));
    }

    @Test
    void aPartnersBundleStandsBesideOurOwnAndGetsNoKey() throws Exception {
        CertificateAuthority partner = CertificateAuthority.generate("partner.example", KeyAlgorithm.EC_P256, NOW);
        MeshModel model = DemoMesh.model(
                DemoMesh.TRUST_DOMAIN,
                List.of(
                        DemoMesh.trust(DemoMesh.TRUST_DOMAIN),
                        DemoMesh.partner("partner.example", partner.certificatePem())),
                DemoMesh.KV);
        write(model, out());
        assertThat(read(SECRETS + "/partner.example.pem")).isEqualTo(partner.certificatePem());
        assertThat(out().resolve("_trust/default/partner.example")).doesNotExist();
    }

    @Test
    void bundlesOfOneTrustDomainAreJoined() throws Exception {
        CertificateAuthority old = CertificateAuthority.generate(DemoMesh.TRUST_DOMAIN, KeyAlgorithm.EC_P256, NOW);
        MeshModel model = DemoMesh.model(
                DemoMesh.TRUST_DOMAIN,
                List.of(
                        DemoMesh.trust(DemoMesh.TRUST_DOMAIN),
                        DemoMesh.partner(DemoMesh.TRUST_DOMAIN, old.certificatePem(), old.certificatePem())),
                DemoMesh.KV);
        write(model, out());
        assertThat(Pem.certificates(read(SECRETS + "/" + DemoMesh.TRUST_DOMAIN + ".pem")))
                .containsExactly(old.certificate(), certificate("_trust/default/" + DemoMesh.TRUST_DOMAIN + "/ca.pem"));
    }

    @Test
    void aTrustDomainThatIsNoLongerTrustedLosesItsBundle() throws Exception {
        CertificateAuthority partner = CertificateAuthority.generate("partner.example", KeyAlgorithm.EC_P256, NOW);
        write(
                DemoMesh.model(
                        DemoMesh.TRUST_DOMAIN,
                        List.of(
                                DemoMesh.trust(DemoMesh.TRUST_DOMAIN),
                                DemoMesh.partner("partner.example", partner.certificatePem())),
                        DemoMesh.KV),
                out());
        write(DemoMesh.model(), out());
        assertThat(names(SECRETS)).doesNotContain("partner.example.pem");
    }

    @Test
    void twoMeshesWithOneTrustDomainDoNotTrustEachOther() throws Exception {
        WorkloadKey other = new WorkloadKey("other", "default", "Deployment", "shop", "web");
        MeshModel model = new MeshModel(
                Target.ENVOY,
                List.of(
                        DemoMesh.mesh("default", "same.example", List.of(DemoMesh.trust("same.example")), DemoMesh.KV),
                        DemoMesh.mesh("other", "same.example", List.of(DemoMesh.trust("same.example")), other)));
        write(model, out());
        assertThat(read("shop/web/secrets/same.example.pem")).isNotEqualTo(read(SECRETS + "/same.example.pem"));
    }

    @Test
    void aBrokenPartnerBundleIsUnderlinedAndNothingIsWritten() {
        MeshModel model = DemoMesh.model(
                DemoMesh.TRUST_DOMAIN,
                List.of(DemoMesh.partner("partner.example", "-----BEGIN CERTIFICATE-----\nAAAA\n")),
                DemoMesh.KV);
        Diagnostic finding = onlyFinding(model, out());
        assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_CA_UNUSABLE);
        assertThat(finding.span()).isEqualTo(DemoMesh.SPAN);
        assertThat(finding.message())
                .isEqualTo("a CA bundle of the MeshTrust `partner` holds a PEM block that is cut off");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aStoredCaOfAnotherTrustDomainIsRefused() throws Exception {
        write(DemoMesh.model(), out());
        CertificateAuthority foreign = CertificateAuthority.generate("evil.example", KeyAlgorithm.RSA_2048, NOW);
        Files.writeString(authorityFile("ca.pem"), foreign.certificatePem());
        String before = read(SECRETS + "/svid.pem");
        Diagnostic finding = onlyFinding(DemoMesh.model(), out());
        assertThat(finding.message())
                .isEqualTo("the stored CA certificate is not the CA of the trust domain `default.default.mesh.local`");
        assertThat(java.util.Objects.requireNonNull(finding.span()).place())
                .isEqualTo(authorityFile("ca.pem") + ":1:1");
        assertThat(finding.span().text()).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(read(SECRETS + "/svid.pem")).isEqualTo(before);
    }

    @Test
    void aStoredKeyOfAnotherCaIsRefusedAndNeverQuoted() throws Exception {
        write(DemoMesh.model(), out());
        String other = CertificateAuthority.generate("evil.example", KeyAlgorithm.RSA_2048, NOW)
                .keyPem();
        for (String damage : List.of(other, "", "not a key", other.substring(0, 300), other + other)) {
            Files.writeString(authorityFile("ca.key"), damage);
            Diagnostic finding = onlyFinding(DemoMesh.model(), out());
            assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_CA_UNUSABLE);
            assertThat(finding.message()).startsWith("the stored CA key `" + authorityFile("ca.key") + "` ");
            assertThat(finding.span()).isNull();
            assertThat(finding.toString()).doesNotContain("MII");
        }
        Files.delete(authorityFile("ca.key"));
        assertThat(onlyFinding(DemoMesh.model(), out()).message()).endsWith("is missing");
    }

    @Test
    void anExpiredCaIsRefused() throws Exception {
        write(DemoMesh.model(), out());
        DiagnosticSink sink = new DiagnosticSink();
        Instant later = NOW.plus(CertificateAuthority.VALIDITY).plusSeconds(1);
        new IdentityWriter(later).write(DemoMesh.model(), workload -> true, out(), sink);
        assertThat(sink.sorted())
                .extracting(Diagnostic::message)
                .containsExactly("the stored CA certificate has expired");
    }

    @Test
    void namesThatLeadElsewhereAreRefused() {
        for (String domain : List.of("..", ".", "a/b", ".hidden", "svid")) {
            MeshModel model = DemoMesh.model(domain, List.of(DemoMesh.trust(domain)), DemoMesh.KV);
            assertThat(onlyFinding(model, out()).message())
                    .isEqualTo("the trust domain `" + domain + "` cannot name a file");
        }
        for (String name : List.of("../../x", "..", "a/../../../b")) {
            WorkloadKey key = new WorkloadKey("default", "default", "Deployment", "kuma-demo", name);
            MeshModel model = DemoMesh.model(DemoMesh.TRUST_DOMAIN, List.of(), key);
            assertThat(onlyFinding(model, out()).id()).isEqualTo(DiagnosticId.ARTIFACT_UNWRITABLE);
        }
        assertThat(out()).doesNotExist();
    }

    @Test
    void aWorkloadCannotStandWhereTheCasStand() {
        WorkloadKey key = new WorkloadKey("default", "default", "Dataplane", null, "_trust");
        assertThat(onlyFinding(DemoMesh.model(DemoMesh.TRUST_DOMAIN, List.of(), key), out())
                        .message())
                .isEqualTo("the workload `_trust` has the name of the folder that holds the CAs");
    }

    @Test
    void twoWorkloadsOfOneFolderAreRefused() {
        WorkloadKey other = new WorkloadKey("default", "default", "StatefulSet", "kuma-demo", "kv");
        MeshModel model = DemoMesh.model(DemoMesh.TRUST_DOMAIN, List.of(), DemoMesh.KV, other);
        assertThat(onlyFinding(model, out()).message()).contains("would be written into one folder");
    }

    @Test
    void aFileInTheWayIsOneLine() throws Exception {
        Files.writeString(out(), "a file");
        assertThat(onlyFinding(DemoMesh.model(), out()).message()).startsWith("cannot write `" + out());
    }

    @Test
    void keysDoNotGoIntoAWorkTree() throws Exception {
        git("init", "-q", ".");
        Diagnostic finding = onlyFinding(DemoMesh.model(), out());
        assertThat(finding.id()).isEqualTo(DiagnosticId.ARTIFACT_KEY_IN_GIT);
        assertThat(finding.message())
                .startsWith("private keys do not go into a Git work tree: `")
                .endsWith("` is not ignored");
        assertThat(out()).doesNotExist();
    }

    @Test
    void anIgnoredFolderOfAWorkTreeIsFine() throws Exception {
        git("init", "-q", ".");
        Files.writeString(folder.resolve(".gitignore"), "out/\n");
        write(DemoMesh.model(), out());
        assertThat(out().resolve(SECRETS + "/svid.key")).exists();
    }

    @Test
    void aFolderThatIsOnlyPartlyIgnoredIsRefused() throws Exception {
        git("init", "-q", ".");
        Files.writeString(folder.resolve(".gitignore"), "secrets/\n");
        assertThat(onlyFinding(DemoMesh.model(), out()).message()).contains("/ca.key` is not ignored");
    }

    @Test
    void aKeyThatIsTrackedIsNotIgnored() throws Exception {
        write(DemoMesh.model(), out());
        git("init", "-q", ".");
        git("add", "-f", "out/" + SECRETS + "/svid.key");
        Files.writeString(folder.resolve(".gitignore"), "out/\n");
        assertThat(onlyFinding(DemoMesh.model(), out()).message()).contains("kv/secrets/svid.key` is not ignored");
    }

    @Test
    void aSymbolicLinkIntoAWorkTreeDoesNotHideIt() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectory(tree.resolve("deep"));
        git("init", "-q", "tree");
        Files.createSymbolicLink(out(), tree.resolve("deep"));
        assertThat(onlyFinding(DemoMesh.model(), out()).id()).isEqualTo(DiagnosticId.ARTIFACT_KEY_IN_GIT);
    }

    @Test
    void runsAtOnceMakeOneCa() throws Exception {
        List<Thread> runs = new ArrayList<>();
        List<Diagnostic> findings = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            runs.add(Thread.startVirtualThread(() -> {
                DiagnosticSink sink = new DiagnosticSink();
                new IdentityWriter(NOW).write(DemoMesh.model(), workload -> true, out(), sink);
                findings.addAll(sink.sorted());
            }));
        }
        for (Thread run : runs) {
            run.join();
        }
        assertThat(findings).allMatch(finding -> finding.message().endsWith("another run writes into it"));
        certificate(SECRETS + "/svid.pem")
                .verify(certificate("_trust/default/" + DemoMesh.TRUST_DOMAIN + "/ca.pem")
                        .getPublicKey());
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path authorityFile(String name) {
        return out().resolve("_trust/default/" + DemoMesh.TRUST_DOMAIN).resolve(name);
    }

    private static List<IssuedIdentity> write(MeshModel model, Path out) {
        DiagnosticSink sink = new DiagnosticSink();
        List<IssuedIdentity> issued = new IdentityWriter(NOW).write(model, workload -> true, out, sink);
        assertThat(sink.sorted()).isEmpty();
        return issued;
    }

    private static Diagnostic onlyFinding(MeshModel model, Path out) {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(new IdentityWriter(NOW).write(model, workload -> true, out, sink))
                .isEmpty();
        assertThat(sink.sorted()).hasSize(1);
        return sink.sorted().getFirst();
    }

    private X509Certificate certificate(String file) throws Exception {
        return Pem.certificates(read(file)).getFirst();
    }

    private String read(String file) throws IOException {
        return Files.readString(out().resolve(file));
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(out().resolve(file), LinkOption.NOFOLLOW_LINKS));
    }

    private List<String> names(String of) throws IOException {
        try (Stream<Path> files = Files.list(out().resolve(of))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException, ExecutionException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        assertThat(builder.inheritIO().start().waitFor()).isZero();
    }
}
