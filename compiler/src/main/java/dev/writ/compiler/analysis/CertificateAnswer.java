package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the calls with one certificate, which may have several URI SANs, or one that is no SPIFFE ID: only the rules that are
 * about it are left, and of those a diagram is made.
 */
final class CertificateAnswer {
    private final InboundPolicy policy;
    private final List<String> uriSans;
    private final String caller;
    private final Diagram diagram = new Diagram(Diagram.BUDGET);

    CertificateAnswer(InboundPolicy policy, List<String> uriSans) {
        this.policy = policy;
        this.uriSans = uriSans;
        this.caller = String.join(",", uriSans);
    }

    Answer answer() {
        return switch (policy.admission()) {
            case Admission.Plaintext plaintext ->
                answer(Outcome.withoutRule(
                        Stage.NONE, policy.inbound().protocol().isHttp() ? Decision.DENY : Decision.ALLOW));
            case Admission.Permissive permissive -> admitted(permissive.mutual());
            case MutualTls tls -> admitted(tls);
            case Admission.Undecidable open ->
                throw new Unanswerable(open.finding().message());
        };
    }

    private static Answer answer(Outcome outcome) {
        return new Answer(List.of(outcome), null);
    }

    private Answer admitted(MutualTls tls) {
        ModelDiagram.requireAnswerable(policy);
        if (!isVerified(tls.verification()) || !isNamed(tls.sanPrefixes())) {
            return answer(Outcome.withoutRule(Stage.TLS, Decision.DENY));
        }
        boolean isOneId = uriSans.size() == 1 && Lookup.halfOf(caller) == Callers.WELL_FORMED;
        Node calls = new ModelDiagram(
                        diagram,
                        isOneId ? Callers.WELL_FORMED : Callers.OTHER,
                        Certificates.ONE_URI_SAN,
                        RuleDiagram.Naming::asWritten)
                .byRules(ofThisCaller(), tls.oneSpiffeId());
        return new AnswerReading(diagram).of(calls);
    }

    private boolean isVerified(Verification verification) {
        String first = uriSans.getFirst();
        return switch (verification) {
            case Verification.ByTrustDomain by ->
                by.trustDomains().stream().anyMatch(domain -> first.startsWith("spiffe://" + domain + "/"));
            case Verification.ByMeshCa ca -> (first + "/").startsWith("spiffe://" + ca.mesh() + "/");
        };
    }

    private boolean isNamed(List<String> prefixes) {
        return prefixes.isEmpty()
                || prefixes.stream().anyMatch(prefix -> uriSans.stream().anyMatch(san -> san.startsWith(prefix)));
    }

    private InboundPolicy ofThisCaller() {
        return new InboundPolicy(
                policy.inbound(),
                policy.admission(),
                policy.form(),
                ofThisCaller(policy.enforced()),
                policy.shadow().map(this::ofThisCaller));
    }

    private RuleList ofThisCaller(RuleList list) {
        return new RuleList(
                list.rules().stream()
                        .filter(rule -> contains(rule.principal()))
                        .map(rule -> new Rule(rule.action(), new Principal.Always(), rule.conditions(), rule.origin()))
                        .toList(),
                list.byDefault());
    }

    private boolean contains(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> true;
            case Principal.Exact exact -> caller.equals(exact.value());
            case Principal.Prefix prefix -> caller.startsWith(prefix.value());
            case Principal.SanEquals san -> uriSans.contains(san.value());
            case Principal.Segments segments -> fits(segments);
            case Principal.AnyOf any -> any.members().stream().anyMatch(this::contains);
            case Principal.AllOf all -> all.members().stream().allMatch(this::contains);
            case Principal.Not not -> !contains(not.member());
        };
    }

    private boolean fits(Principal.Segments pattern) {
        if (!caller.startsWith("spiffe://")) {
            return false;
        }
        List<String> given = List.of(caller.substring("spiffe://".length()).split("/", -1));
        int asked = pattern.segments().size();
        if (given.contains("") || (pattern.below() ? given.size() <= asked : given.size() != asked)) {
            return false;
        }
        for (int i = 0; i < asked; i++) {
            Optional<String> name = pattern.segments().get(i);
            if (name.isPresent() && !name.get().equals(given.get(i))) {
                return false;
            }
        }
        return true;
    }
}
