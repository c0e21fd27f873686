package dev.writ.compiler.syntax;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KumaKindsTest {
    private static final String BUNDLED = "provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}";
    private static final String PEM = "\"-----BEGIN CERTIFICATE-----\\n-----END CERTIFICATE-----\"";

    private static Reading read(String kind, String spec) {
        return Reading.of(
                "apiVersion: kuma.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: x, namespace: kuma-system}\n"
                        + (spec.isEmpty() ? "" : "spec:\n" + spec.indent(2)));
    }

    @Test
    void aMeshNeedsNoSpec() {
        assertThat(read("Mesh", "").only(MeshResource.class).meshServicesMode()).isNull();
    }

    @Test
    void aMeshKeepsItsServicesMode() {
        String spec =
                "meshServices: {mode: Exclusive}\nrouting: {localityAwareLoadBalancing: true}\nmtls: {backends: []}";
        MeshResource mesh = read("Mesh", spec).only(MeshResource.class);
        assertThat(mesh.meshServicesMode()).extracting(Located::value).isEqualTo("Exclusive");
        assertThat(mesh.span().text()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meshServices: {mode: exclusive} | schema.invalid-value `exclusive` | did you mean `Exclusive`?",
                "meshService: {} | schema.unknown-field `meshService` | did you mean `meshServices`?",
                "meshServices: {mod: x} | schema.unknown-field `mod` | did you mean `mode`?",
                "meshServices: Exclusive | schema.wrong-type `Exclusive` | ",
            })
    void meshesAreChecked(String spec, String finding, String help) {
        Reading reading = read("Mesh", spec);
        assertThat(reading.findings()).containsExactly(finding);
        if (help != null) {
            assertThat(reading.diagnostics().getFirst().help()).isEqualTo(help);
        }
    }

    @Test
    void anIdentityKeepsItsTemplatesAndProvider() {
        MeshIdentityResource identity = read("MeshIdentity", """
                        selector: {dataplane: {matchLabels: {app: kv}}}
                        spiffeID:
                          trustDomain: '{{ .Mesh }}.local'
                          path: /ns/{{ .Namespace }}
                        provider:
                          type: Bundled
                          bundled:
                            meshTrustCreation: Disabled
                            insecureAllowSelfSigned: true
                            certificateParameters: {expiry: 1h30m}
                            autogenerate: {enabled: true}
                        """).only(MeshIdentityResource.class);
        assertThat(identity.matchLabels()).containsOnlyKeys("app");
        assertThat(identity.trustDomain()).hasToString("{{ .Mesh }}.local");
        assertThat(identity.path()).hasToString("/ns/{{ .Namespace }}");
        assertThat(bundled(identity).meshTrustCreation()).isFalse();
        assertThat(bundled(identity).insecureAllowSelfSigned()).isTrue();
        assertThat(bundled(identity).autogenerate()).isTrue();
        assertThat(bundled(identity).expiry()).extracting(Located::value).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void anIdentityHasKumasDefaults() {
        MeshIdentityResource identity = read(
                        "MeshIdentity", "provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}")
                .only(MeshIdentityResource.class);
        assertThat(identity.matchLabels()).isNull();
        assertThat(identity.trustDomain()).isNull();
        assertThat(bundled(identity).meshTrustCreation()).isTrue();
        assertThat(bundled(identity).insecureAllowSelfSigned()).isFalse();
        assertThat(bundled(identity).expiry()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"selector: {dataplane: {}}", "selector: {dataplane: {matchLabels: {}}}"})
    void aSelectorWithoutLabelsSelectsEverything(String selector) {
        assertThat(read("MeshIdentity", selector + "\n" + BUNDLED)
                        .only(MeshIdentityResource.class)
                        .matchLabels())
                .isEmpty();
    }

    @Test
    void aSelectorWithoutDataplaneSelectsNothing() {
        assertThat(read("MeshIdentity", "selector: {}\n" + BUNDLED)
                        .only(MeshIdentityResource.class)
                        .matchLabels())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider: {type: Bundled} | schema.missing-field `provider`",
                "provider: {bundled: {}} | schema.missing-field `provider`",
                "provider: {type: Spire} | schema.missing-field `provider`",
                "provider: {type: Spire, spire: {agent: {timeout: 1d}}} | schema.invalid-value `1d`",
                "provider: {type: Spire, spire: {socket: x}} | schema.unknown-field `socket`",
                "provider: {type: Extension, extension: {}} | schema.missing-field `extension`",
                "provider: {type: Extension, extension: {name: ''}} | schema.missing-field `''`",
                "provider: {type: Extension, extension: {name: x, settings: {}}} | schema.unknown-field `settings`",
                "provider: {type: Bundled, bundled: {}} | schema.missing-field `bundled`",
                "provider: {type: bundled, bundled: {}} | schema.invalid-value `bundled`",
                "provider: {type: Bundled, bundled: {ca: {}, autogenerate: {enabled: true}}} | schema.invalid-value `ca`",
                "provider: {type: Bundled, bundled: {ca: CA, autogenerate: {enabled: 'true'}}} | schema.wrong-type `'true'`",
                "provider: {type: Bundled, bundled: {ca: CA, autogenrate: {}}} | schema.unknown-field `autogenrate`",
                "provider: {type: Bundled, bundled: {ca: CA, autogenerate: {enable: true}}} | schema.unknown-field `enable`",
                "provider: {type: Bundled, bundled: {meshTrustCreation: Test, autogenerate: {enabled: true}}} | schema.invalid-value `Test`",
                "provider: {type: Bundled, bundled: {insecureAllowSelfSigned: 1, autogenerate: {enabled: true}}} | schema.wrong-type `1`",
                "provider: {type: Bundled, bundled: {certificateParameters: {expiry: 24}, autogenerate: {enabled: true}}} | schema.wrong-type `24`",
                "provider: {type: Bundled, bundled: {certificateParameters: {expiry: 1d}, autogenerate: {enabled: true}}} | schema.invalid-value `1d`",
                "provider: {type: Bundled, bundled: {certificateParameters: {expiry: -1h}, autogenerate: {enabled: true}}} | schema.invalid-value `-1h`",
                "provider: {type: Bundled, bundled: {certificateParameters: {ttl: 1h}, autogenerate: {enabled: true}}} | schema.unknown-field `ttl`",
                "provider: [] | schema.wrong-type `[]`",
            })
    void providersAreChecked(String spec, String finding) {
        String ca = "{certificate: {type: EnvVar, envVar: {name: A}}, privateKey: {type: EnvVar, envVar: {name: B}}}";
        assertThat(read("MeshIdentity", spec.replace("ca: CA", "ca: " + ca)).findings())
                .containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spiffeId: {path: /x} | schema.unknown-field `spiffeId` | did you mean `spiffeID`?",
                "spiffeID: {paht: /x} | schema.unknown-field `paht` | did you mean `path`?",
                "spiffeID: {path: [x]} | schema.wrong-type `[x]` | ",
                "spiffeID: x | schema.wrong-type `x` | ",
                "selector: {dataplane: {matchLabel: {}}} | schema.unknown-field `matchLabel` | did you mean `matchLabels`?",
                "selector: {dataplane: {matchLabels: {a: true}}} | schema.wrong-type `true` | put it in quotes: \"true\"",
                "selector: {dataplanes: {}} | schema.unknown-field `dataplanes` | did you mean `dataplane`?",
                "selectors: {} | schema.unknown-field `selectors` | did you mean `selector`?",
            })
    void identitiesAreChecked(String spec, String finding, String help) {
        Reading reading = read("MeshIdentity", spec + "\n" + BUNDLED);
        assertThat(reading.findings()).containsExactly(finding);
        assertThat(reading.diagnostics().getFirst().help()).isEqualTo(help);
    }

    @Test
    void allErrorsOfAResourceAreReported() {
        Reading reading = Reading.of("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata: {namespace: kuma-system}
                spec:
                  selectr: {}
                  spiffeID: {path: 5}
                  provider: {type: Bundled, bundled: {ca: {}, autogenerate: {enabled: true}, meshTrustCreation: No}}
                """);
        assertThat(reading.findings())
                .containsExactly(
                        "schema.missing-field `metadata`",
                        "schema.unknown-field `selectr`",
                        "schema.wrong-type `5`",
                        "schema.invalid-value `ca`",
                        "schema.invalid-value `No`");
        assertThat(reading.resources()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {origin: {kri: kri_mid_a}, trustDomain: a.b, caBundles: [{type: Pem, pem: {value: PEM}}]}",
                "spec: {trustDomain: a.b, caBundles: [{type: Pem, pem: {value: PEM}}]}\nstatus: {origin: {kri: kri_mid_a}}"
            })
    void aTrustKeepsItsOriginOfAnyVersion(String rest) {
        MeshTrustResource trust = Reading.of("apiVersion: kuma.io/v1alpha1\nkind: MeshTrust\nmetadata: {name: x}\n"
                        + rest.replace("PEM", PEM))
                .only(MeshTrustResource.class);
        assertThat(trust.originKri()).isEqualTo("kri_mid_a");
        assertThat(trust.trustDomain()).hasToString("a.b");
        assertThat(trust.caBundles()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trustDomain: a.b | schema.missing-field `spec`",
                "caBundles: [CA] | schema.missing-field `spec`",
                "{trustDomain: a, caBundles: []} | schema.missing-field `caBundles`",
                "{trustDomain: a_B, caBundles: [CA]} | spiffe-id.invalid `B`",
                "{trustDomain: a/b, caBundles: [CA]} | spiffe-id.invalid `/`",
                "{trustDomain: '', caBundles: [CA]} | spiffe-id.invalid `''`",
                "{trustDomain: a, caBundles: [{type: Pem, pem: {value: x}}]} | schema.invalid-value `value`",
                "{trustDomain: a, caBundles: [{type: Der, pem: {value: PEM}}]} | schema.invalid-value `Der`",
                "{trustDomain: a, caBundles: [{type: Pem}]} | schema.missing-field `type`",
                "{trustDomain: a, caBundles: [{type: Pem, pem: PEM}]} | schema.wrong-type `PEM`",
                "{trustDomain: a, caBundles: x} | schema.wrong-type `x`",
                "{trustDomain: a, caBundles: [CA], origins: {}} | schema.unknown-field `origins`",
            })
    void trustsAreChecked(String spec, String finding) {
        String given = spec.replace("[CA]", "[{type: Pem, pem: {value: PEM}}]").replace("PEM", PEM);
        assertThat(read("MeshTrust", given).findings()).containsExactly(finding.replace("PEM", PEM));
    }

    @Test
    void aDataplaneKeepsItsInbounds() {
        DataplaneResource dataplane = Reading.of("""
                        apiVersion: kuma.io/v1alpha1
                        kind: Dataplane
                        mesh: blue
                        metadata: {name: x, namespace: y}
                        spec:
                          networking:
                            address: 10.0.0.1
                            transparentProxying: {redirectPortInbound: 15006}
                            inbound:
                            - {port: 80, name: http, protocol: http, health: {ready: false}}
                            - {port: 90, tags: {kuma.io/service: z, kuma.io/protocol: grpc}}
                            - {port: 91, state: NotReady}
                          probes: {port: 9000}
                        """).only(DataplaneResource.class);
        assertThat(dataplane.metadata().mesh()).extracting(Located::value).isEqualTo("blue");
        assertThat(dataplane.gateway()).isFalse();
        assertThat(dataplane.inbounds())
                .extracting(
                        DataplaneInbound::name,
                        DataplaneInbound::port,
                        DataplaneInbound::protocol,
                        DataplaneInbound::ready)
                .map(Object::toString)
                .containsExactly(
                        "(\"http\", 80, \"http\", false)", "(null, 90, \"grpc\", true)", "(null, 91, null, false)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networking: {inbound: [{port: 0}]} | schema.invalid-value `0`",
                "networking: {inbound: [{port: 65536}]} | schema.invalid-value `65536`",
                "networking: {inbound: [{port: '80'}]} | schema.wrong-type `'80'`",
                "networking: {inbound: [{prot: 80}]} | schema.missing-field `prot`",
                "networking: {inbounds: []} | schema.unknown-field `inbounds`",
                "networking: {inbound: [{port: 80, state: Up}]} | schema.invalid-value `Up`",
                "metrics: {} | schema.missing-field `spec`",
            })
    void dataplanesAreChecked(String spec, String finding) {
        assertThat(read("Dataplane", spec).findings()).contains(finding);
    }

    @Test
    void unknownFieldsWithoutANearNameListTheFields() {
        Diagnostic diagnostic =
                read("MeshIdentity", "foo: 1\n" + BUNDLED).diagnostics().getFirst();
        assertThat(diagnostic.message()).isEqualTo("unknown field `foo` in `spec`");
        assertThat(diagnostic.help()).isEqualTo("its fields are `selector`, `spiffeID`, `provider`");
    }

    @ParameterizedTest
    @CsvSource({
        "24h, PT24H",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "300ms, PT0.3S",
        "0, PT0S",
        "-1m, PT-1M",
        "+2s, PT2S",
        ".5s, PT0.5S",
        "1us1ns, PT0.000001001S"
    })
    void durationsAreGos(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "h", "1d", "1h 30m", "1.2.3s", "1e3s", ".s", "-", "3000000h", "1hh", "24H"})
    void otherTextsAreNoDurations(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @Test
    void listsOfAResourceMayBeNull() {
        assertThat(List.copyOf(read("Dataplane", "networking: {inbound: null, gateway: null}")
                        .only(DataplaneResource.class)
                        .inbounds()))
                .isEmpty();
    }

    private static ProviderSyntax.Bundled bundled(MeshIdentityResource identity) {
        return (ProviderSyntax.Bundled) requireNonNull(identity.provider());
    }
}
