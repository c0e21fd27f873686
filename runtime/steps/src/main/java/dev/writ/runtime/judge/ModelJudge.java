package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first judge: decides by the IR alone, by the meaning of its records, and can say why. It knows nothing of Envoy's
 * config.
 */
public final class ModelJudge implements Judge {
    private final MeshPolicy policy;
    private final boolean traces;

    public ModelJudge(MeshPolicy policy) {
        this(policy, false);
    }

    /** @param traces whether its verdicts say what was asked: for many calls that costs more than they do */
    private ModelJudge(MeshPolicy policy, boolean traces) {
        this.policy = policy;
        this.traces = traces;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Verdict judge(Call call) {
        return verdict(call).verdict();
    }

    /** The verdict, the deciding rule's place and what was asked on the way. */
    public ModelVerdict explain(Call call) {
        return new ModelJudge(policy, true).verdict(call);
    }

    private ModelVerdict verdict(Call call) {
        Optional<WorkloadPolicy> workload = policy.of(call.to());
        if (workload.isEmpty()) {
            return unknown("there is no workload `" + call.to() + "`");
        }
        Optional<InboundPolicy> inbound = workload.get().inbounds().stream()
                .filter(candidate -> candidate.inbound().port() == call.port())
                .findFirst();
        if (inbound.isEmpty()) {
            return unknown("`" + call.to() + "` has no inbound on port " + call.port());
        }
        return switch (inbound.get().admission()) {
            case Admission.Plaintext plaintext -> plaintext(call, inbound.get());
            case Admission.Permissive permissive ->
                call.caller() instanceof Caller.Presenting
                        ? admit(call, inbound.get(), permissive.mutual())
                        : plaintext(call, inbound.get());
            case MutualTls tls -> admit(call, inbound.get(), tls);
            case Admission.Undecidable undecidable ->
                unknown(undecidable.finding().message());
        };
    }

    private static ModelVerdict unknown(String reason) {
        return ModelVerdict.without(Verdict.unknown(reason));
    }

    /**
     * No rule is asked. Whoever speaks TLS all the same hands its handshake on: to an HTTP inbound, which answers it with an error
     * of its own, or to the application.
     */
    private static ModelVerdict plaintext(Call call, InboundPolicy inbound) {
        if (!inbound.inbound().protocol().isHttp()) {
            return letThrough();
        }
        return switch (call.caller()) {
            case Caller.Plaintext plaintext ->
                call.requestFault().map(ModelJudge::unknown).orElseGet(ModelJudge::letThrough);
            case Caller.Anonymous anonymous -> noHttp();
            case Caller.Presenting presenting -> noHttp();
        };
    }

    private static ModelVerdict letThrough() {
        return ModelVerdict.without(new Verdict(Decision.ALLOW, Stage.NONE, null, null, null));
    }

    private static ModelVerdict noHttp() {
        String reason = "the inbound takes the call for plaintext, and its TLS handshake is no HTTP request";
        return ModelVerdict.without(new Verdict(Decision.DENY, Stage.NONE, null, null, reason));
    }

    private ModelVerdict admit(Call call, InboundPolicy inbound, MutualTls tls) {
        if (!inbound.inbound().protocol().isHttp() && asksHttp(inbound)) {
            return unknown("a rule is about HTTP, but port " + call.port() + " speaks "
                    + inbound.inbound().protocol());
        }
        return switch (call.caller()) {
            case Caller.Plaintext plaintext -> refused("the inbound takes mTLS only, the call is plaintext");
            case Caller.Anonymous anonymous -> refused("the caller presents no certificate");
            case Caller.ExpiredCertificate certificate -> refused("the caller's certificate has expired");
            case Caller.ForeignCertificate certificate ->
                refused("no CA that the mesh trusts has signed the certificate");
            case Caller.DnsCertificate certificate -> refused("the certificate has no URI SAN");
            case Caller.Certificate certificate -> admit(call, certificate.uriSans(), inbound, tls);
        };
    }

    private static boolean asksHttp(InboundPolicy inbound) {
        return Stream.concat(Stream.of(inbound.enforced()), inbound.shadow().stream())
                .flatMap(rules -> rules.rules().stream())
                .flatMap(rule -> rule.conditions().stream())
                .anyMatch(ConditionTest::isAboutHttp);
    }

    private static ModelVerdict refused(String reason) {
        return ModelVerdict.without(Verdict.refusedByTls(reason));
    }

    private ModelVerdict admit(Call call, List<String> uriSans, InboundPolicy inbound, MutualTls tls) {
        String first = uriSans.get(0);
        if (!isVerified(first, tls.verification())) {
            return refused("no trust vouches for `" + first + "`");
        }
        if (!tls.sanPrefixes().isEmpty()
                && tls.sanPrefixes().stream()
                        .noneMatch(prefix -> uriSans.stream().anyMatch(san -> san.startsWith(prefix)))) {
            return refused("no URI SAN is of an admitted trust domain");
        }
        return inbound.inbound().protocol().isHttp()
                ? request(call, uriSans, inbound, tls.oneSpiffeId())
                : decide(call, uriSans, inbound, tls.oneSpiffeId());
    }

    /** The CA of the trust domain that the first URI SAN begins with has signed the certificate. */
    private static boolean isVerified(String first, Verification verification) {
        return switch (verification) {
            case Verification.ByTrustDomain byTrustDomain ->
                byTrustDomain.trustDomains().stream().anyMatch(domain -> first.startsWith("spiffe://" + domain + "/"));
            case Verification.ByMeshCa meshCa -> (first + "/").startsWith("spiffe://" + meshCa.mesh() + "/");
        };
    }

    /**
     * What the proxy answers by itself before any rule is asked, the rules' verdict for the rest. Kuma's proxies take paths as they
     * come: no rule of Kuma's is about them.
     */
    private ModelVerdict request(Call call, List<String> uriSans, InboundPolicy inbound, boolean guarded) {
        Optional<String> fault = call.requestFault();
        if (fault.isPresent()) {
            return unknown(fault.get());
        }
        if (call.hasEscapedSlash() && !policy.target().isKuma()) {
            String reason = "an escaped slash in the path: servers differ on what it means, so no rule is asked";
            return ModelVerdict.without(new Verdict(Decision.DENY, Stage.NONE, null, null, reason));
        }
        return decide(call, uriSans, inbound, guarded);
    }

    private ModelVerdict decide(Call call, List<String> uriSans, InboundPolicy inbound, boolean guarded) {
        String caller = String.join(",", uriSans);
        Optional<RuleWalk> shadow = inbound.shadow().map(rules -> new RuleWalk(rules, call, uriSans));
        RuleWalk enforced = new RuleWalk(inbound.enforced(), call, uriSans);
        Decision reported = shadow.map(RuleWalk::decision).orElse(null);
        boolean guardDecides = guarded && !(uriSans.size() == 1 && SpiffeIdGrammar.isWellFormed(caller));
        Trace trace = traces ? trace(guarded, guardDecides, enforced, shadow) : Trace.NONE;
        return guardDecides
                ? new ModelVerdict(decided(Decision.DENY, MutualTls.GUARD_NAME, reported), null, trace)
                : new ModelVerdict(decided(enforced.decision(), enforced.name(), reported), enforced.origin(), trace);
    }

    private static Trace trace(boolean guarded, boolean guardDecides, RuleWalk enforced, Optional<RuleWalk> shadow) {
        List<RuleTrace> asked = new ArrayList<>();
        if (guarded) {
            asked.add(guard(guardDecides));
        }
        if (!guardDecides) {
            asked.addAll(enforced.asked());
        }
        return new Trace(asked, shadow.map(RuleWalk::asked).orElse(List.of()));
    }

    private static RuleTrace guard(boolean matched) {
        return new RuleTrace(
                Action.DENY,
                MutualTls.GUARD_NAME,
                null,
                matched,
                List.of(Trace.Step.plain(matched, "the certificate does not hold one well-formed SPIFFE ID")));
    }

    private static Verdict decided(Decision decision, String rule, @Nullable Decision shadow) {
        return new Verdict(decision, Stage.RBAC, shadow, rule, null);
    }
}
