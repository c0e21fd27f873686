package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.ClusterSpiffeIdResource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshResource;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.SecretResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.Resource.TlsSettings;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import dev.writ.compiler.syntax.RuleSyntax;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import dev.writ.compiler.syntax.TargetRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only one version of Kuma refuses. The reader takes what any version takes, so with the targets {@code envoy} and
 * {@code resources} nothing is refused here. Sources: Kuma's {@code UPGRADE.md}, and the validators of 2.14.3 and 348b652.
 */
final class VersionRules {
    private static final String MESH_IDENTITY_INSTEAD = "a MeshIdentity issues certificates in version 3";
    private static final String RULES_INSTEAD = "version 3 has `rules`, which name callers by their SPIFFE IDs";

    private final Target target;
    private final DiagnosticSink diagnostics;

    private VersionRules(Target target, DiagnosticSink diagnostics) {
        this.target = target;
        this.diagnostics = diagnostics;
    }

    /** Reports what the target's version refuses. */
    static void check(List<Resource> resources, Target target, DiagnosticSink diagnostics) {
        if (target.isKuma()) {
            VersionRules rules = new VersionRules(target, diagnostics);
            resources.forEach(rules::check);
        }
    }

    private void check(Resource resource) {
        switch (resource) {
            case MeshResource mesh -> mesh(mesh);
            case MeshIdentityResource identity -> identity(identity);
            case PermissionResource permission -> permission(permission);
            case MeshTlsResource tls -> tls(tls);
            case MeshTrustResource trust -> {}
            case Resource.CallerGroupResource group -> {}
            case MeshServiceResource service -> {}
            case DataplaneResource dataplane -> {}
            case SecretResource secret -> {}
            case ClusterSpiffeIdResource registration -> {}
            case NamespaceResource namespace -> {}
            case PodOwnerResource owner -> {}
            case ServiceResource service -> {}
            case UnmodelledResource unmodelled -> {}
        }
    }

    private boolean isVersion3() {
        return target.isKumaSince(Target.KUMA_3);
    }

    private void mesh(MeshResource mesh) {
        if (isVersion3() && mesh.mtls() != null) {
            String field = mesh.metadata().isUniversal() ? "mtls" : "spec.mtls";
            refuse(field, mesh.mtls().span(), "has no `mtls` of a Mesh", MESH_IDENTITY_INSTEAD);
        }
    }

    private void identity(MeshIdentityResource identity) {
        switch (identity.provider()) {
            case null -> {
                if (!target.isKumaSince(Target.KUMA_2_13)) {
                    refuse("spec.provider", identity.span(), "needs a `provider`", "it is optional since 2.13");
                }
            }
            case ProviderSyntax.Extension extension -> {
                if (!target.isKumaSince(Target.KUMA_2_14)) {
                    refuse(
                            "spec.provider.type",
                            extension.span(),
                            "has no provider `Extension`",
                            "there is one since 2.14");
                }
            }
            case ProviderSyntax.Bundled bundled -> {
                if (bundled.ca() != null) {
                    String field = "spec.provider.bundled.ca.";
                    source(field + "certificate.type", bundled.ca().certificate());
                    source(field + "privateKey.type", bundled.ca().privateKey());
                }
            }
            case ProviderSyntax.Spire spire -> {}
        }
        if (!target.isKumaSince(Target.KUMA_2_13) && identity.path() != null) {
            SpiffeTemplateParser.parse(identity.path(), new DiagnosticSink()).stream()
                    .flatMap(SpiffeTemplate::expressions)
                    .filter(expression -> expression instanceof SpiffeTemplate.Field field
                            && field.name().equals("Workload"))
                    .forEach(field -> diagnostics.add(Diagnostic.of(
                                    DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE,
                                    field.span(),
                                    "unknown template variable `.Workload`",
                                    "Kuma has it since 2.13; the target is `" + target + "`")
                            .at("spec.spiffeID.path")));
        }
    }

    private void source(String field, DataSource source) {
        if (source instanceof DataSource.Inline inline && inline.isCalledInline()) {
            refuse(field, inline.span(), "has no data source `Inline`", "it is called `InsecureInline`");
        }
    }

    private void permission(PermissionResource permission) {
        selector(permission.targetRef());
        if (isVersion3() && !permission.from().isEmpty()) {
            // With `rules` beside it, version 3 does not read it; without, there is nothing else.
            String field = permission.rules().isEmpty() ? "spec" : "spec.from";
            refuse(field, permission.from().getFirst().span(), "has no `from`", RULES_INSTEAD);
        }
        if (!target.isKumaSince(Target.KUMA_2_14)) {
            for (int i = 0; i < permission.rules().size(); i++) {
                RuleSyntax rule = permission.rules().get(i);
                String field = "spec.rules[" + i + "].";
                serverNames(field + "allow", rule.allow());
                serverNames(field + "allowWithShadowDeny", rule.allowWithShadowDeny());
                serverNames(field + "deny", rule.deny());
            }
        }
    }

    private void serverNames(String list, List<MatchSyntax> matches) {
        for (int i = 0; i < matches.size(); i++) {
            SourceSpan span = switch (matches.get(i)) {
                case MatchSyntax.ServerNameMatch match -> match.span();
                case MatchSyntax.CallerAndServerNameMatch match ->
                    match.serverName().serverName().span();
                case MatchSyntax.RestrictedMatch match ->
                    match.serverName() == null ? null : match.serverName().span();
                case MatchSyntax.CallerMatch match -> null;
                case MatchSyntax.EmptyMatch match -> null;
            };
            if (span != null) {
                refuse(list + "[" + i + "].sni", span, "has no matches on `sni`", "there are some since 2.14");
            }
        }
    }

    private void tls(MeshTlsResource tls) {
        selector(tls.targetRef());
        tls.settings().stream()
                .filter(settings -> isVersion3() && settings.ofFrom())
                .map(TlsSettings::span)
                .findFirst()
                .ifPresent(span -> refuse("spec.from", span, "has no `from`", "version 3 has `rules`"));
    }

    private void selector(TargetRef selector) {
        SourceSpan span = switch (selector) {
            case TargetRef.Subset subset -> subset.span();
            case TargetRef.Service service -> service.span();
            case TargetRef.WholeMesh mesh -> null;
            case TargetRef.OneWorkload workload -> null;
            case TargetRef.Selected selected -> null;
            case TargetRef.Dataplanes dataplanes -> null;
        };
        if (span != null && isVersion3()) {
            String message = "cannot select by `" + span.text() + "`";
            refuse("spec.targetRef.kind", span, message, "use `kind: Dataplane` with `labels`");
        }
    }

    private void refuse(String field, SourceSpan span, String message, @Nullable String help) {
        String kuma = "Kuma " + target.id().substring("kuma-".length());
        diagnostics.add(Diagnostic.of(DiagnosticId.TARGET_UNSUPPORTED, span, kuma + " " + message, help)
                .at(field));
    }
}
