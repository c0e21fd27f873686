package dev.writ.runtime.mutation;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.PrincipalTest;
import dev.writ.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls to an inbound that say what its policy decides now: of callers without a certificate, of trust domains that it trusts and of
 * another, of the workloads that its rules are about and of those at their edges; and as many more as it takes that a changed rule changes one of them.
 *
 * @param left what became of the mutants that none of the calls tells; none, if all could be compared
 */
record PinnedCalls(List<Pinned> calls, int mutants, List<MutantResult.Open> left) {
    private static final int MOST_CALLERS = 20;
    private static final int MOST_TRUST_DOMAINS = 3;
    private static final String STRANGER = "/ns/other/sa/other";

    PinnedCalls {
        calls = List.copyOf(calls);
        left = List.copyOf(left);
    }

    /** A call and what becomes of it. */
    record Pinned(Call call, Verdict verdict) {}

    static PinnedCalls of(Compilation compilation, WorkloadPolicy workload, InboundPolicy inbound) {
        // Of this inbound alone: what another one with the same rules tells is not told here.
        MeshPolicy alone = new MeshPolicy(
                compilation.policy().target(), List.of(new WorkloadPolicy(workload.workload(), List.of(inbound))));
        Subject subject = new Subject(compilation.withPolicy(alone), uriSans -> isNamed(uriSans, inbound));
        List<Pinned> pinned = new ArrayList<>();
        for (Caller caller : callers(subject, inbound)) {
            Call call = new Call(
                    caller, workload.workload().key(), inbound.inbound().port(), null, null, null);
            pinned.add(new Pinned(call, subject.judge().judge(call)));
        }
        List<Trial> trials = pinned.stream()
                .map(call -> new Trial(
                        subject,
                        call.call(),
                        (verdict, place) ->
                                CallSentence.decision(verdict).equals(CallSentence.decision(call.verdict())),
                        ""))
                .toList();
        MutationResults results = MutationRun.of(List.of(subject), trials, done -> {});
        results.missing().forEach(missing -> pinned.add(new Pinned(missing.call(), missing.verdict())));
        return new PinnedCalls(pinned, results.counted(), results.open());
    }

    private static List<Caller> callers(Subject subject, InboundPolicy inbound) {
        List<Caller> callers = new ArrayList<>(List.of(new Caller.Plaintext(), new Caller.Anonymous()));
        List<String> trusted = switch (inbound.admission()) {
            case Admission.MutualTls tls -> tls.trustDomains();
            case Admission.Permissive permissive -> permissive.mutual().trustDomains();
            case Admission.Plaintext plaintext -> List.of();
            case Admission.Undecidable open -> List.of();
        };
        if (!trusted.isEmpty()) {
            Stream.concat(
                            Stream.of("example.org", "other.example")
                                    .filter(domain -> !trusted.contains(domain))
                                    .limit(1),
                            trusted.stream().limit(MOST_TRUST_DOMAINS))
                    .map(domain -> SpiffeId.SCHEME + domain + STRANGER)
                    .forEach(id -> callers.add(new Caller.Certificate(List.of(id))));
        }
        subject.certificates().stream()
                .limit(MOST_CALLERS)
                .forEach(uriSans -> callers.add(new Caller.Certificate(uriSans)));
        rules(inbound)
                .flatMap(rule ->
                        EdgeCallers.of(rule.principal(), trusted.isEmpty() ? "example.org" : trusted.getFirst())
                                .stream())
                .forEach(id -> callers.add(new Caller.Certificate(List.of(id))));
        return callers.stream().distinct().toList();
    }

    /** Whether a rule is about this caller: others may come and go. */
    private static boolean isNamed(List<String> uriSans, InboundPolicy inbound) {
        return rules(inbound).anyMatch(rule -> isNamed(uriSans, rule.principal()));
    }

    /** Also by what a rule leaves out; a rule for everybody names nobody. */
    private static boolean isNamed(List<String> uriSans, Principal principal) {
        return switch (principal) {
            case Principal.Always always -> false;
            case Principal.AnyOf any -> any.members().stream().anyMatch(member -> isNamed(uriSans, member));
            case Principal.AllOf all -> all.members().stream().anyMatch(member -> isNamed(uriSans, member));
            case Principal.Not not -> isNamed(uriSans, not.member());
            case Principal.Exact exact -> PrincipalTest.holds(exact, uriSans);
            case Principal.Prefix prefix -> PrincipalTest.holds(prefix, uriSans);
            case Principal.Segments segments -> PrincipalTest.holds(segments, uriSans);
            case Principal.SanEquals san -> PrincipalTest.holds(san, uriSans);
        };
    }

    private static Stream<Rule> rules(InboundPolicy inbound) {
        return Stream.concat(Stream.of(inbound.enforced()), inbound.shadow().stream())
                .map(RuleList::rules)
                .flatMap(List::stream);
    }
}
