package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.DefaultTemplates;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import java.util.List;
import java.util.Optional;

/**
 * A prefix that ends inside a segment: {@code …/ns/kuma-demo} also admits the namespace {@code kuma-demo-2} (Envoy compares
 * bytes, not segments).
 *
 * <p>What counts is which SPIFFE IDs can be issued. A prefix that ends inside a literal of the template, such as
 * {@code …/ns/kuma-demo/sa}, can only go on with the slash, and is fine. A foreign trust domain, and sources without a
 * MeshIdentity, are taken to use Kuma's default path.
 */
final class OpenPrefix implements Check {
    private static final String FAMILY_ENDS = "-._";

    private final IssuableCallers issuable;

    OpenPrefix(IssuableCallers issuable) {
        this.issuable = issuable;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        TrustDomains trustDomains = TrustDomains.of(mesh);
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                if (rule.callers() instanceof IdPrefix callers && hasOpenPath(callers.prefix())) {
                    finding(mesh, trustDomains, rule, callers.prefix()).ifPresent(sink::add);
                }
            }
        }
    }

    /** Whether a rule is written in Writ's own form, for advice in the same form. */
    static boolean isWrit(Rule rule) {
        String text = rule.span().text();
        return text.startsWith("prefix") || text.startsWith(SpiffeId.SCHEME) || isWritFile(rule);
    }

    /** Whether it stands in a file of Writ, where rules have no order. */
    static boolean isWritFile(Rule rule) {
        return rule.span().file().name().endsWith(".writ");
    }

    private static boolean hasOpenPath(String prefix) {
        return prefix.indexOf('/', SpiffeId.SCHEME.length()) >= 0 && !prefix.endsWith("/");
    }

    private Optional<Diagnostic> finding(Mesh mesh, TrustDomains trustDomains, Rule rule, String prefix) {
        int slash = prefix.indexOf('/', SpiffeId.SCHEME.length());
        String trustDomain = prefix.substring(SpiffeId.SCHEME.length(), slash);
        PathShape.End end = new PathShape.Nowhere();
        for (SpiffeTemplate template : templates(trustDomains.issuersOf(trustDomain), rule)) {
            PathShape.End here = new PathShape(template).endOf(prefix.substring(slash));
            end = here instanceof PathShape.InsideValue || end instanceof PathShape.Nowhere ? here : end;
            if (end instanceof PathShape.InsideValue) {
                break;
            }
        }
        return switch (end) {
            case PathShape.AtBoundary boundary -> Optional.empty();
            case PathShape.InsideValue inside ->
                Optional.of(open(mesh, rule, prefix, name(inside), inside.begun(), advice(rule, prefix, inside)));
            case PathShape.Nowhere nowhere -> {
                if (issuable.isNobody(rule)) {
                    // That is the finding, and ImpossiblePrincipal's.
                    yield Optional.empty();
                }
                String segment = prefix.substring(prefix.lastIndexOf('/') + 1);
                yield Optional.of(open(mesh, rule, prefix, "segment", segment, exactAdvice(rule, prefix)));
            }
        };
    }

    private static List<SpiffeTemplate> templates(List<MeshIdentity> issuers, Rule rule) {
        return issuers.isEmpty()
                ? List.of(DefaultTemplates.kubernetesPath(rule.pattern()))
                : issuers.stream().map(MeshIdentity::pathTemplate).toList();
    }

    private static Diagnostic open(Mesh mesh, Rule rule, String prefix, String what, String begun, String advice) {
        List<Workload> lookAlikes = mesh.workloads().stream()
                .filter(workload -> workload.identity() instanceof Issued issued
                        && isLookAlike(issued.id().toString(), prefix))
                .toList();
        String verb = rule.action() == Action.DENY ? "denies" : "admits";
        boolean isFamily = FAMILY_ENDS.indexOf(prefix.charAt(prefix.length() - 1)) >= 0;
        String lookAlike = lookAlikes.isEmpty()
                ? begun + (isFamily ? "2" : "-2")
                : begun + continuation(lookAlikes.getFirst(), prefix);
        Diagnostic finding = Diagnostic.of(
                DiagnosticId.PERMISSION_OPEN_PREFIX,
                rule.pattern(),
                "the prefix" + NamedCallers.of(rule) + " ends inside a " + what + ": it also " + verb + " the " + what
                        + " `" + lookAlike + "`",
                advice);
        // A deny that reaches too far errs on the safe side; no name ends in a dash, so that a family of names is
        // meant.
        boolean isHarmless = rule.action() == Action.DENY || isFamily;
        return WorkloadNames.relate(
                isHarmless ? finding.withSeverity(Severity.NOTE) : finding,
                lookAlikes,
                "it " + verb + " this workload");
    }

    private static boolean isLookAlike(String id, String prefix) {
        return id.length() > prefix.length() && id.startsWith(prefix) && id.charAt(prefix.length()) != '/';
    }

    private static String continuation(Workload workload, String prefix) {
        String id = workload.identity() instanceof Issued issued ? issued.id().toString() : prefix;
        int end = id.indexOf('/', prefix.length());
        return id.substring(prefix.length(), end < 0 ? id.length() : end);
    }

    private static String name(PathShape.InsideValue inside) {
        if (inside.action().expression() instanceof Field field) {
            return switch (field.name()) {
                case "Namespace" -> "namespace";
                case "ServiceAccount" -> "service account";
                case "Workload" -> "workload";
                default -> "segment";
            };
        }
        return "segment";
    }

    private static String advice(Rule rule, String prefix, PathShape.InsideValue inside) {
        String next = inside.next().endsWith("/")
                ? inside.next().substring(0, inside.next().length() - 1)
                : inside.next();
        if (inside.next().isEmpty()) {
            return exactAdvice(rule, prefix);
        }
        if (isWrit(rule)) {
            return "`" + prefix + "/**` stops at the end of the segment";
        }
        return next.isEmpty()
                ? "list the exact SPIFFE IDs"
                : "extend it to `" + prefix + next + "`, or list the exact SPIFFE IDs";
    }

    private static String exactAdvice(Rule rule, String prefix) {
        return isWrit(rule)
                ? "`" + prefix + "` without `prefix` is that one SPIFFE ID, `" + prefix + "/**` what is below it"
                : "for this one SPIFFE ID write `type: Exact`";
    }
}
