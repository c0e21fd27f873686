package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.withIdentity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.model.Target;
import org.junit.jupiter.api.Test;

/**
 * The hazards of running Kuma that have been observed, each with the finding that names it. Two have none, for no source shows
 * them: that a certificate keeps its old SPIFFE ID after a label has changed, and that a control plane's own {@code _config}
 * shows other secrets than it sends.
 */
final class HazardsTest {
    private static final String ALICE = "spiffe://default.default.mesh.local/ns/kuma-demo/sa/alice";

    @Test
    void aPrefixHasNoBoundary() {
        assertNames(
                mesh().allowing("spiffe://default.default.mesh.local/ns/kuma-demo"),
                DiagnosticId.PERMISSION_OPEN_PREFIX);
        assertNames(mesh().allowing("spiffe://default.default.mesh.loca"), DiagnosticId.PERMISSION_CUT_TRUST_DOMAIN);
        assertNames(
                mesh().allowing("spiffe://default.default.mesh.local/ns/kuma-demo/"), DiagnosticId.SPIFFE_ID_INVALID);
        assertThat(mesh().allowing("spiffe://default.default.mesh.local/ns/kuma-demo/sa")
                        .all())
                .isEmpty();
    }

    @Test
    void anIdentityThatIsNotReadyOrNotThereOpensTheInbound() {
        assertNames(
                workload().raw(identity("{}", "bundled: { autogenerate: { enabled: true } }", "")),
                DiagnosticId.IDENTITY_NOT_READY);
        assertNames(
                workload().raw(identity("{ app: other }", GENERATED, "")),
                DiagnosticId.IDENTITY_NONE_SELECTED,
                DiagnosticId.IDENTITY_SELECTS_NOTHING);
        assertNames(
                workload().raw(identity("{}", GENERATED, "spiffeID: { trustDomain: '{{ label \"zone\" }}.local' }")),
                Target.KUMA_3,
                DiagnosticId.TEMPLATE_MISSING_LABEL);
    }

    @Test
    void anEmptyMatchFreezesItsProxies() {
        assertNames(mesh().raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: { name: mtp, namespace: kuma-demo }
                spec: { rules: [{ default: { allow: [{}] } }] }
                """), DiagnosticId.PERMISSION_EMPTY_MATCH);
    }

    @Test
    void anExactIdNeverEqualsACertificateOfSeveral() {
        for (String action : new String[] {"allow", "deny"}) {
            assertNames(
                    workload()
                            .raw(builtin())
                            .permission("kuma-demo", "", action, "Exact", "spiffe://default/web_kuma-demo_svc_80"),
                    Target.KUMA_2_14,
                    DiagnosticId.PERMISSION_EXACT_ON_MULTI_SAN);
        }
    }

    @Test
    void anAllowForTheWholeMeshHidesADenyUpTo213() {
        Manifests both = mesh().permission(
                        "kuma-system", "", "allow", "Prefix", "spiffe://default.default.mesh.local/ns")
                .permission("kuma-demo", "", "deny", "Exact", ALICE);
        assertNames(both, Target.KUMA_2_13, DiagnosticId.PERMISSION_DENY_ORDER);
    }

    @Test
    void aSpecificAllowDoesNotOverrideADeny() {
        Manifests both = mesh().permission(
                        "kuma-system", "", "deny", "Prefix", "spiffe://default.default.mesh.local/ns")
                .permission("kuma-demo", "", "allow", "Exact", ALICE);
        assertNames(both, Target.KUMA_3, DiagnosticId.PERMISSION_DEAD_RULE);
    }

    @Test
    void aFromIsIgnoredBesideRulesAndBesideAMeshIdentity() {
        assertNames(mesh().raw(from()), Target.KUMA_2_14, DiagnosticId.PERMISSION_FROM_IGNORED);
        assertThat(workload().raw(builtin()).raw(from()).all(Target.KUMA_2_14)).isEmpty();
    }

    @Test
    void aPermissiveInboundLetsPlaintextPassThePermissions() {
        assertNames(mesh().raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshTLS
                metadata: { name: permissive, namespace: kuma-system }
                spec: { rules: [{ default: { mode: Permissive } }] }
                """).permission("kuma-demo", "", "allow", "Exact", ALICE), DiagnosticId.TLS_PERMISSIVE);
    }

    @Test
    void oneShadowDenyMakesAllOtherCallsCount() {
        assertNames(
                mesh().raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: { name: mtp, namespace: kuma-demo }
                spec:
                  rules:
                    - default:
                        allow: [{ spiffeID: { type: Exact, value: %1$s } }]
                        allowWithShadowDeny: [{ spiffeID: { type: Exact, value: %1$s-2 } }]
                """.formatted(ALICE)).workload("kuma-demo", "bob", "alice-2"),
                DiagnosticId.PERMISSION_SHADOW_NOISE);
    }

    @Test
    void aTrustStaysBehindWhenItsIdentityChangesItsTrustDomain() {
        assertNames(mesh().raw(PermissionChecksTest.trust("identity", "old.mesh.local")), DiagnosticId.TRUST_STALE);
    }

    @Test
    void aTemplateFailsOnlyWhenItIsExecuted() {
        assertNames(
                workload().raw(identity("{}", GENERATED, "spiffeID: { path: '/ns/{{ .Mesh }}' }")),
                DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE);
        assertNames(
                workload().raw(identity("{}", GENERATED, "spiffeID: { path: '/ns/{{ label \"team\" }}' }")),
                DiagnosticId.TEMPLATE_MISSING_LABEL);
        assertNames(
                workload().raw(identity("{}", GENERATED, "spiffeID: { path: '.evil.example/ns/a' }")),
                DiagnosticId.TEMPLATE_ESCAPES_TRUST_DOMAIN);
    }

    @Test
    void aLabelInATrustDomainIsTheMeshIdentitys() {
        String identity = identity("{}", GENERATED, "spiffeID: { trustDomain: '{{ label \"app\" }}.local' }");
        assertNames(
                workload()
                        .raw(identity.replace("namespace: kuma-system", "namespace: kuma-system, labels: { app: x }")),
                DiagnosticId.IDENTITY_TRUST_DOMAIN_LABEL);
        assertThat(workload()
                        .raw(identity.replace(
                                "namespace: kuma-system", "namespace: kuma-system, labels: { app: alice }"))
                        .all())
                .isEmpty();
    }

    @Test
    void aMeshServiceWithoutIdentitiesIsCalledUnverified() {
        String service = """
                apiVersion: kuma.io/v1alpha1
                kind: MeshService
                metadata:
                  name: far
                  namespace: kuma-system
                  labels: { kuma.io/zone: east, kuma.io/origin: zone, kuma.io/mesh: default }
                spec:
                  ports: [{ port: 80, targetPort: 8080, appProtocol: http }]
                  identities: [%s]
                """;
        assertNames(mesh().raw(service.formatted("")), DiagnosticId.MESH_SERVICE_UNVERIFIED);
        assertThat(mesh().raw(service.formatted("{ type: SpiffeID, value: " + ALICE + " }"))
                        .all())
                .isEmpty();
    }

    private static final String GENERATED =
            "bundled: { insecureAllowSelfSigned: true, autogenerate: { enabled: true } }";

    private static void assertNames(Manifests sources, DiagnosticId... hazards) {
        assertNames(sources, Target.ENVOY, hazards);
    }

    /** These findings and no other. */
    private static void assertNames(Manifests sources, Target target, DiagnosticId... hazards) {
        assertThat(sources.all(target)).extracting(Diagnostic::id).containsExactlyInAnyOrder(hazards);
    }

    private static Manifests workload() {
        return new Manifests().workload("kuma-demo", "alice", "alice");
    }

    private static Manifests mesh() {
        return withIdentity().workload("kuma-demo", "alice", "alice");
    }

    private static String identity(String matchLabels, String bundled, String spiffeId) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata: { name: identity, namespace: kuma-system }
                spec:
                  selector: { dataplane: { matchLabels: %s } }
                  %s
                  provider: { type: Bundled, %s }
                """.formatted(matchLabels, spiffeId, bundled);
    }

    private static String builtin() {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata: { name: default }
                spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
                """;
    }

    private static String from() {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: { name: from, namespace: kuma-demo }
                spec: { from: [{ targetRef: { kind: Mesh }, default: { action: Allow } }] }
                """;
    }
}
