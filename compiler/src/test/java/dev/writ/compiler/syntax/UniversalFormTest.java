package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.SecretResource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources as {@code kumactl} applies them and as Kuma's API prints them. */
class UniversalFormTest {

    @Test
    void aMeshStandsBesideItsName() {
        MeshResource mesh = Reading.of("""
                # A comment at the top.
                type: Mesh
                name: blue
                meshServices: {mode: Exclusive}
                mtls:
                  enabledBackend: ca-1
                  backends:
                  - name: ca-1
                    type: builtin
                    mode: PERMISSIVE
                    dpCert: {rotation: {expiration: 1d}}
                    conf: {caCert: {RSAbits: 4096, expiration: 10y}}
                """).only(MeshResource.class);
        assertThat(mesh.metadata().form()).isEqualTo(Metadata.Form.UNIVERSAL);
        assertThat(mesh.metadata().namespace()).isNull();
        assertThat(mesh.mtls()).isNotNull().satisfies(mtls -> {
            MtlsSyntax.Backend backend = mtls.backends().getFirst();
            assertThat(backend.permissive()).isTrue();
            assertThat(backend.dpCertExpiration()).isEqualTo(Duration.ofDays(1));
            assertThat(backend.rsaBits()).isEqualTo(4096);
            assertThat(backend.caExpiration()).isEqualTo(Duration.ofDays(3650));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{enabledBackend: ca-2, backends: [{name: ca-1, type: builtin}]} | schema.invalid-value `ca-2`",
                "{backends: [{name: a, type: builtin}, {name: a, type: builtin}]} | schema.invalid-value `a`",
                "{backends: [{name: a, type: built-in}]} | schema.invalid-value `built-in`",
                "{backends: [{name: a, type: provided}]} | schema.missing-field `name`",
                "{backends: [{name: a, type: provided, conf: {cert: {secret: c}}}]} | schema.missing-field `conf`",
                "{backends: [{name: a, type: builtin, dpCert: {rotation: {expiration: 1 day}}}]} | schema.invalid-value `1 day`",
                "{enabled: true} | schema.unknown-field `enabled`",
            })
    void backendsAreChecked(String mtls, String finding) {
        assertThat(Reading.of("type: Mesh\nname: x\nmtls: " + mtls + "\n").findings())
                .containsExactly(finding);
    }

    @Test
    void aDataplaneKeepsWhatItServesAndCalls() {
        DataplaneResource dataplane = Reading.of("""
                type: Dataplane
                mesh: default
                name: demo-app-1
                labels: {app: demo-app}
                networking:
                  address: 127.0.1.1
                  inbound:
                  - {port: 5050, servicePort: 15050, serviceAddress: 127.0.0.1, name: http, protocol: http,
                     tags: {kuma.io/service: demo-app}}
                  outbound:
                  - {port: 25050, address: 127.0.1.1, backendRef: {kind: MeshService, name: kv, port: 5050}}
                  - {port: 25051, tags: {kuma.io/service: kv}}
                """).only(DataplaneResource.class);
        assertThat(dataplane.metadata().mesh()).extracting(Located::value).isEqualTo("default");
        assertThat(dataplane.metadata().label("app")).isEqualTo("demo-app");
        assertThat(dataplane.address()).isEqualTo("127.0.1.1");
        assertThat(dataplane.inbounds().getFirst().servicePort()).isEqualTo(15050);
        assertThat(dataplane.inbounds().getFirst().tags()).containsEntry("kuma.io/service", "demo-app");
        assertThat(dataplane.outbounds()).hasSize(2);
        assertThat(dataplane.outbounds().getLast().tags()).containsEntry("kuma.io/service", "kv");
    }

    @Test
    void whatTheApiAddsPasses() {
        String item = """
                {"type": "MeshIdentity", "mesh": "default", "name": "identity", "kri": "kri_mid_default___identity_",
                 "creationTime": "2026-11-21T08:00:15Z", "modificationTime": "2026-11-21T08:00:15Z",
                 "spec": {"provider": {"type": "Spire", "spire": {}}}, "status": {"conditions": []}}""";
        assertThat(Reading.of("{\"total\": 1, \"items\": [" + item + "], \"next\": null}")
                        .only(MeshIdentityResource.class)
                        .provider())
                .isInstanceOf(ProviderSyntax.Spire.class);
        assertThat(Reading.of("[" + item + "]")
                        .only(MeshIdentityResource.class)
                        .metadata()
                        .isUniversal())
                .isTrue();
    }

    @Test
    void aTrustKeepsItsOriginFromTheStatus() {
        assertThat(Reading.of("""
                type: MeshTrust
                mesh: default
                name: identity
                spec:
                  trustDomain: a.b
                  caBundles:
                  - {type: Pem, pem: {value: "-----BEGIN CERTIFICATE-----\\n-----END CERTIFICATE-----"}}
                status: {origin: {kri: kri_mid_default___identity_}}
                """).only(MeshTrustResource.class).originKri()).isEqualTo("kri_mid_default___identity_");
    }

    @Test
    void aSecretIsDecoded() {
        assertThat(Reading.of("type: Secret\nmesh: default\nname: x\ndata: aGVsbG8=\n")
                        .only(SecretResource.class)
                        .data())
                .hasEntrySatisfying("value", text -> assertThat(text).hasToString("hello"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: MeshTrafficPermission | schema.missing-field `MeshTrafficPermission`",
                "{type: MeshIdentity, name: x, mesh: m, specs: {}} | schema.unknown-field `specs`",
                "{type: MeshIdentty, name: x, mesh: m, spec: {}} | schema.invalid-value `MeshIdentty`",
                "{type: MeshProxyPatch, name: x, mesh: m, spec: {}} | source.unsupported `MeshProxyPatch`",
                "{type: MeshTimeout, name: x, mesh: m, spec: {}} | source.ignored ``",
                "{type: Timeout} | source.no-kind `type`",
                "{items: [{a: b}]} | source.no-kind `items`",
            })
    void documentsAreChecked(String yaml, String finding) {
        assertThat(Reading.of(yaml).findings()).contains(finding);
    }
}
