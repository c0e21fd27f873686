package dev.writ.runtime.proof;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.ModelVerdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what would allow a denied call. A permission is proposed only if the same policy with it was bound and the call was
 * judged again, and if it takes nothing from anybody.
 */
public final class RemedySearch {
    private final Compilation compilation;

    public RemedySearch(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Empty where the call is not denied, or nothing was found. */
    public Optional<Remedy> of(Call call, ModelVerdict judged) {
        Optional<InboundPolicy> inbound = compilation
                .policy()
                .of(call.to())
                .flatMap(workload -> workload.inbounds().stream()
                        .filter(one -> one.inbound().port() == call.port())
                        .findFirst());
        if (judged.verdict().decision() != Decision.DENY || inbound.isEmpty()) {
            return Optional.empty();
        }
        if (judged.verdict().stage() == Stage.TLS) {
            return Optional.of(
                    new Remedy.Credentials(missing(call.caller(), inbound.get().admission())));
        }
        return call.caller() instanceof Caller.Certificate certificate
                        && judged.verdict().stage() == Stage.RBAC
                ? permission(call, certificate.uriSans(), inbound.get()).or(() -> withoutDenies(call, inbound.get()))
                : Optional.empty();
    }

    private static String missing(Caller caller, Admission admission) {
        List<String> trustDomains = switch (admission) {
            case MutualTls tls -> tls.trustDomains();
            case Admission.Permissive permissive -> permissive.mutual().trustDomains();
            case Admission.Plaintext plaintext -> List.of();
            case Admission.Undecidable open -> List.of();
        };
        String known = "`" + String.join("`, `", trustDomains) + "`";
        return switch (caller) {
            case Caller.Plaintext plaintext ->
                "an identity: a MeshIdentity that selects the caller, in the trust domain " + known;
            case Caller.Anonymous anonymous -> "a client certificate of the trust domain " + known;
            case Caller.ExpiredCertificate certificate -> "a certificate that has not expired";
            case Caller.ForeignCertificate certificate -> "a certificate signed by a CA of the trust domain " + known;
            case Caller.DnsCertificate certificate -> "a certificate with a SPIFFE ID of the trust domain " + known;
            case Caller.Certificate certificate ->
                "a trust: a MeshTrust with the CA bundle of the caller's trust domain; there is one for " + known;
        };
    }

    private Optional<Remedy> permission(Call call, List<String> sans, InboundPolicy inbound) {
        Workload callee = compilation.policy().of(call.to()).orElseThrow().workload();
        return SuggestedPermission.of(compilation.model(), callee, inbound, sans, call).stream()
                .flatMap(suggested -> proved(call, sans, suggested).stream())
                .findFirst();
    }

    private Optional<Remedy> proved(Call call, List<String> sans, SuggestedPermission suggested) {
        Compilation after = PolicyCompiler.tried(compilation, suggested.file());
        if (after.hasErrors() || new ModelJudge(after.policy()).judge(call).decision() != Decision.ALLOW) {
            return Optional.empty();
        }
        PolicyDifference difference = PolicyDifference.between(compilation, after, false);
        boolean takesFromSomebody = difference.decisions().stream()
                .anyMatch(decision -> decision.change().kind() != Change.Kind.NEWLY_ALLOWED);
        if (takesFromSomebody || !difference.transports().isEmpty()) {
            return Optional.empty();
        }
        List<WorkloadKey> callees = difference.decisions().stream()
                .map(PolicyDifference.Decision::to)
                .distinct()
                .filter(key -> !key.equals(call.to()))
                .toList();
        return Optional.of(new Remedy.Permission(
                suggested.rule(),
                suggested.resource(),
                suggested.language(),
                admitted(call, sans, after),
                callees,
                suggested.raw()));
    }

    /** The workloads with such certificates, each judged. */
    private List<WorkloadKey> admitted(Call call, List<String> sans, Compilation after) {
        CallResolver resolver = new CallResolver(after.model());
        ModelJudge before = new ModelJudge(compilation.policy());
        ModelJudge now = new ModelJudge(after.policy());
        List<WorkloadKey> admitted = new ArrayList<>();
        for (Workload workload : after.model().workloads()) {
            Caller caller = resolver.callerOf(workload).orElse(null);
            if (caller instanceof Caller.Certificate certificate
                    && certificate.uriSans().getFirst().startsWith(sans.getFirst())) {
                Call same = new Call(caller, call.to(), call.port(), call.sni(), call.method(), call.path());
                if (before.judge(same).decision() == Decision.DENY
                        && now.judge(same).decision() == Decision.ALLOW) {
                    admitted.add(workload.key());
                }
            }
        }
        return admitted;
    }

    /** Takes out one deciding deny after the other. */
    private Optional<Remedy> withoutDenies(Call call, InboundPolicy inbound) {
        List<SourceSpan> denies = new ArrayList<>();
        InboundPolicy left = inbound;
        ModelVerdict verdict = judge(call, left);
        for (SourceSpan deny = deny(verdict); deny != null; deny = deny(verdict)) {
            denies.add(deny);
            left = without(left, deny);
            verdict = judge(call, left);
        }
        return denies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remedy.WithoutDenies(
                        denies,
                        verdict.verdict().decision() == Decision.DENY,
                        compilation.policy().target().isKuma()
                                && !compilation.policy().target().isKumaSince(Target.KUMA_2_14)));
    }

    private static @Nullable SourceSpan deny(ModelVerdict verdict) {
        return verdict.verdict().decision() == Decision.DENY ? verdict.origin() : null;
    }

    private static InboundPolicy without(InboundPolicy policy, SourceSpan rule) {
        RuleList rules = new RuleList(
                policy.enforced().rules().stream()
                        .filter(one -> !one.origin().span().equals(rule))
                        .toList(),
                policy.enforced().byDefault());
        return new InboundPolicy(policy.inbound(), policy.admission(), policy.form(), rules, policy.shadow());
    }

    private ModelVerdict judge(Call call, InboundPolicy inbound) {
        Workload callee = compilation.policy().of(call.to()).orElseThrow().workload();
        return new ModelJudge(new MeshPolicy(
                        compilation.policy().target(), List.of(new WorkloadPolicy(callee, List.of(inbound)))))
                .explain(call);
    }
}
