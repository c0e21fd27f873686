package dev.writ.compiler.diagnostic;

import static dev.writ.compiler.diagnostic.Severity.ERROR;
import static dev.writ.compiler.diagnostic.Severity.NOTE;
import static dev.writ.compiler.diagnostic.Severity.WARNING;

/** Every kind of finding, with its stable id, its usual severity and what it says. Ids are never used again for something else. */
public enum DiagnosticId {
    SOURCE_UNREADABLE("source.unreadable", ERROR, "a source that cannot be read"),
    SOURCE_TOO_LARGE("source.too-large", ERROR, "a source over the stated size, or nested over the stated depth"),
    SOURCE_SYNTAX("source.syntax", ERROR, "not well-formed YAML or JSON"),
    SOURCE_DUPLICATE_KEY("source.duplicate-key", ERROR, "the same key twice in one mapping"),
    SOURCE_ALIAS("source.alias", ERROR, "an anchor, alias or merge key, which are not read"),
    SOURCE_NO_KIND("source.no-kind", ERROR, "a document that does not say what it is"),
    SOURCE_UNRENDERED("source.unrendered", ERROR, "a template of another tool that has not been rendered"),
    SOURCE_UNSUPPORTED("source.unsupported", WARNING, "a kind that can change verdicts and is not modelled"),
    SOURCE_IGNORED("source.ignored", NOTE, "kinds that do not bear on who may call whom"),
    SOURCE_HIDDEN_CHARACTER(
            "source.hidden-character", ERROR, "a character that makes a policy read otherwise than it is"),
    SCHEMA_UNKNOWN_FIELD("schema.unknown-field", ERROR, "a field that the kind does not have"),
    SCHEMA_MISSING_FIELD("schema.missing-field", ERROR, "a field that the kind needs"),
    SCHEMA_WRONG_TYPE("schema.wrong-type", ERROR, "a value of another type than the field's"),
    SCHEMA_INVALID_VALUE("schema.invalid-value", ERROR, "a value that the field does not take"),
    SCHEMA_UNSUPPORTED("schema.unsupported", ERROR, "a field or value that this version does not model"),
    SCHEMA_DUPLICATE("schema.duplicate", ERROR, "two resources of one kind and name"),
    WRIT_SYNTAX("writ.syntax", ERROR, "a `.writ` file that is not well-formed"),
    WRIT_INCLUDE("writ.include", ERROR, "a file that a `.writ` file names and that is not part of it"),
    WRIT_UNKNOWN_GROUP("writ.unknown-group", ERROR, "a group of callers that the sources do not have"),
    STEP_UNKNOWN("step.unknown", ERROR, "a step in a policy's background that Writ does not have"),
    RULE_SYNTAX("rule.syntax", ERROR, "a permission rule that is not well-formed"),
    TEMPLATE_SYNTAX("template.syntax", ERROR, "a SPIFFE ID template that is not well-formed"),
    TEMPLATE_UNKNOWN_VARIABLE("template.unknown-variable", ERROR, "a variable that this template does not have"),
    TEMPLATE_MISSING_LABEL("template.missing-label", ERROR, "a label that a selected workload does not have"),
    TEMPLATE_UNRESOLVABLE("template.unresolvable", ERROR, "a template that gives no SPIFFE ID for a selected workload"),
    TEMPLATE_ESCAPES_TRUST_DOMAIN(
            "template.escapes-trust-domain", ERROR, "a path without its leading slash, which changes the trust domain"),
    SPIFFE_ID_INVALID("spiffe-id.invalid", ERROR, "a SPIFFE ID outside the specification"),
    SPIFFE_ID_DUPLICATE("spiffe-id.duplicate", NOTE, "workloads that policy cannot tell apart"),
    WORKLOAD_DUPLICATE("workload.duplicate", ERROR, "two workloads of one name"),
    WORKLOAD_AMBIGUOUS("workload.ambiguous", ERROR, "a short name that several workloads have"),
    WORKLOAD_UNKNOWN("workload.unknown", ERROR, "a workload that the sources do not have"),
    MESH_UNKNOWN("mesh.unknown", ERROR, "a mesh that the sources do not have"),
    ZONE_OTHER("zone.other", WARNING, "resources of another zone, which are left out"),
    TRUST_UNREADABLE("trust.unreadable", ERROR, "a CA bundle that holds no certificate"),
    TRUST_MISSING("trust.missing", WARNING, "a trust domain that no trust vouches for"),
    TRUST_STALE("trust.stale", WARNING, "a trust left behind by its identity's change of trust domain"),
    TRUST_SPIRE_MISMATCH(
            "trust.spire-mismatch", WARNING, "a workload for which SPIRE has not what its MeshIdentity asks for"),
    TRUST_EXPIRING("trust.expiring", WARNING, "a CA that is expired, or nearly"),
    TLS_PERMISSIVE("tls.permissive", WARNING, "inbounds where plaintext passes the permissions by"),
    MESH_SERVICES_NOT_EXCLUSIVE(
            "mesh.services-not-exclusive", WARNING, "a MeshIdentity in a mesh without exclusive MeshServices"),
    MESH_SERVICE_UNVERIFIED(
            "mesh.service-unverified", WARNING, "a MeshService of another zone that names no identities"),
    WORKLOAD_NOT_INJECTED(
            "workload.not-injected", NOTE, "workloads left out because no source says that they get a sidecar"),
    IDENTITY_SELECTS_NOTHING("identity.selects-nothing", WARNING, "a MeshIdentity that selects no workload"),
    IDENTITY_NONE_SELECTED("identity.none-selected", WARNING, "a workload that no MeshIdentity selects"),
    IDENTITY_NOT_READY(
            "identity.not-ready",
            WARNING,
            "a MeshIdentity that cannot issue, so that its workloads fall open to plaintext"),
    IDENTITY_TIE("identity.tie", NOTE, "two MeshIdentities equally specific, decided by name"),
    IDENTITY_TRUST_DOMAIN_LABEL(
            "identity.trust-domain-label",
            WARNING,
            "a label in a trust domain, of which the workloads have another value"),
    IDENTITY_CA_INTERMEDIATE("identity.ca-intermediate", NOTE, "a CA of one's own that is no root"),
    IDENTITY_CA_NOT_AT_HAND(
            "identity.ca-not-at-hand", NOTE, "a CA whose certificate or key only the control plane has"),
    IDENTITY_CA_UNUSABLE("identity.ca-unusable", ERROR, "a CA that cannot sign or vouch: broken, foreign or expired"),
    PERMISSION_OPEN_PREFIX("permission.open-prefix", WARNING, "a prefix that ends inside a segment"),
    PERMISSION_CUT_TRUST_DOMAIN("permission.cut-trust-domain", WARNING, "a prefix that ends inside the trust domain"),
    PERMISSION_SELECTS_NOTHING("permission.selects-nothing", WARNING, "a permission that selects no workload"),
    PERMISSION_NO_CALLER("permission.no-caller", WARNING, "a rule whose workloads have no SPIFFE ID, or are none"),
    PERMISSION_EMPTY_MATCH("permission.empty-match", WARNING, "a match without a condition, which Envoy refuses"),
    PERMISSION_IMPOSSIBLE_PRINCIPAL(
            "permission.impossible-principal", WARNING, "a SPIFFE ID that no identity of the mesh can have"),
    PERMISSION_EXACT_ON_MULTI_SAN(
            "permission.exact-on-multi-san", WARNING, "an exact SPIFFE ID, where certificates have several"),
    PERMISSION_FROM_IGNORED("permission.from-ignored", WARNING, "a legacy `from` that decides nothing"),
    PERMISSION_DENY_ORDER(
            "permission.deny-order", WARNING, "a deny after an allow, which Kuma's versions order differently"),
    PERMISSION_DEAD_RULE("permission.dead-rule", WARNING, "an allow whose callers denies keep out"),
    PERMISSION_REDUNDANT_RULE("permission.redundant-rule", NOTE, "a rule without which every call is decided the same"),
    PERMISSION_IDLE_DENY("permission.idle-deny", NOTE, "a deny of callers whom no rule lets in"),
    PERMISSION_OPPOSED_RULES(
            "permission.opposed-rules", NOTE, "an allow and a deny that overlap, neither an exception to the other"),
    PERMISSION_SHADOW_NOISE(
            "permission.shadow-noise", NOTE, "a shadow deny that makes allowed calls count as shadow-denied"),
    IMPORT_UNSUPPORTED("import.unsupported", ERROR, "what the Writ language has no word for"),
    TARGET_UNSUPPORTED("target.unsupported", ERROR, "what the chosen target cannot say"),
    ENVOY_REFUSED("envoy.refused", ERROR, "a config that Envoy does not load"),
    ENVOY_EARLY_UPSTREAM(
            "envoy.early-upstream", WARNING, "an upstream that speaks to a caller before RBAC has decided"),
    ENVOY_NO_CLIENT_VALIDATION(
            "envoy.no-client-validation", WARNING, "a required client certificate that Envoy does not ask for"),
    ENVOY_UNTRUSTED_ACCEPTED("envoy.untrusted-accepted", WARNING, "certificates of any CA, which are let in"),
    ENVOY_MERGED_TRUST("envoy.merged-trust", WARNING, "one bundle of CAs for several trust domains"),
    ENVOY_FAIL_OPEN("envoy.fail-open", WARNING, "RBAC that keeps nobody out"),
    ENVOY_JOINED_SANS("envoy.joined-sans", WARNING, "a deny that a second URI SAN evades"),
    ENVOY_NO_CERTIFICATE("envoy.no-certificate", WARNING, "rules on identities, where callers may have none"),
    ENVOY_HIDDEN_DENY("envoy.hidden-deny", WARNING, "a deny after an allow of the same callers"),
    ENVOY_OPEN_PREFIX("envoy.open-prefix", WARNING, "a prefix of SPIFFE IDs that ends inside a segment"),
    ENVOY_ANY_NAME("envoy.any-name", WARNING, "a principal name that a DNS SAN or a subject may have too"),
    ENVOY_UNCHECKED_ID("envoy.unchecked-id", NOTE, "an allow of names that nothing has checked to be one SPIFFE ID"),
    ENVOY_HELD_CONNECTION(
            "envoy.held-connection", NOTE, "connections that outlive a change of policy for longer than needed"),
    ENVOY_EMPTIED_BUNDLE("envoy.emptied-bundle", NOTE, "a bundle file that revokes nothing by being emptied"),
    ENVOY_NOT_MODELLED("envoy.not-modelled", NOTE, "a part of a config that Writ does not model"),
    ENVOY_FAIL_CLOSED("envoy.fail-closed", NOTE, "RBAC that denies where it says nothing"),
    ARTIFACT_UNWRITABLE("artifact.unwritable", ERROR, "an output that cannot be written"),
    ARTIFACT_KEY_IN_GIT("artifact.key-in-git", ERROR, "a private key that Git would not ignore");

    private final String id;
    private final Severity severity;
    private final String summary;

    DiagnosticId(String id, Severity severity, String summary) {
        this.id = id;
        this.severity = severity;
        this.summary = summary;
    }

    /** The dotted id that users see and suppress by, for example {@code template.unknown-variable}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    public String summary() {
        return summary;
    }

    @Override
    public String toString() {
        return id;
    }
}
