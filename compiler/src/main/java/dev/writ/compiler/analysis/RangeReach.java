package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Reach.Run;
import dev.writ.compiler.analysis.Steps.Numbered;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fast path for policies of exact texts and prefixes alone, without conditions: each rule is about a range of an inventory, and one
 * walk along the ranges says what becomes of every ID. No diagram is made.
 */
final class RangeReach {
    private final InboundPolicy policy;
    private final Inventory inventory;
    private final List<Run> runs = new ArrayList<>();

    private RangeReach(InboundPolicy policy, Inventory inventory) {
        this.policy = policy;
        this.inventory = inventory;
    }

    /** Empty where something is asked that is no range. */
    static Optional<Reach.Known> of(InboundPolicy policy, Inventory inventory) {
        boolean asksCallersAlone = Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                .flatMap(list -> list.rules().stream())
                .allMatch(rule -> rule.conditions().isEmpty());
        return asksCallersAlone ? new RangeReach(policy, inventory).known() : Optional.empty();
    }

    private Optional<Reach.Known> known() {
        boolean isHttp = policy.inbound().protocol().isHttp();
        Answer passed = answer(Outcome.withoutRule(Stage.NONE, Decision.ALLOW));
        return switch (policy.admission()) {
            case Admission.Plaintext plaintext -> {
                // A handshake is no HTTP request, see ModelDiagram.
                add(inventory.ids().size(), isHttp ? answer(Outcome.withoutRule(Stage.NONE, Decision.DENY)) : passed);
                yield Optional.of(known(passed));
            }
            case Admission.Permissive permissive -> walk(permissive.mutual(), passed);
            case MutualTls tls -> walk(tls, answer(Outcome.withoutRule(Stage.TLS, Decision.DENY)));
            case Admission.Undecidable open -> Optional.empty();
        };
    }

    private Optional<Reach.Known> walk(MutualTls tls, Answer plaintext) {
        Steps enforced = steps(policy.enforced());
        RuleList shadowRules = policy.shadow().orElse(null);
        Steps shadow = shadowRules == null ? Steps.of(List.of()) : steps(shadowRules);
        if (enforced == null || shadow == null) {
            return Optional.empty();
        }
        Answer refused = answer(Outcome.withoutRule(Stage.TLS, Decision.DENY));
        Steps.Walk verifies = verified(tls.verification()).walk();
        Steps.Walk names = named(tls.sanPrefixes()).walk();
        Steps.Walk decides = enforced.walk();
        Steps.Walk reports = shadow.walk();
        int count = inventory.ids().size();
        for (int place = 0; place < count; ) {
            int end = Math.min(
                    Math.min(Math.min(verifies.end(), names.end()), Math.min(decides.end(), reports.end())), count);
            add(
                    end,
                    verifies.number() == Steps.NONE || names.number() == Steps.NONE
                            ? refused
                            : answer(new Outcome(
                                    Stage.RBAC,
                                    decided(policy.enforced(), decides.number()),
                                    policy.shadow().map(list -> decided(list, reports.number())))));
            verifies.reach(end);
            names.reach(end);
            decides.reach(end);
            reports.reach(end);
            place = end;
        }
        return Optional.of(known(plaintext));
    }

    private Reach.Known known(Answer plaintext) {
        return new Reach.Known(runs, plaintext, Assumptions.of(policy, Certificates.ONE_URI_SAN));
    }

    private static Answer answer(Outcome outcome) {
        return new Answer(List.of(outcome), null);
    }

    private void add(int to, Answer answer) {
        int from = runs.isEmpty() ? 0 : runs.getLast().to();
        if (to == from) {
            return;
        }
        if (!runs.isEmpty() && runs.getLast().answer().equals(answer)) {
            runs.set(runs.size() - 1, new Run(runs.getLast().from(), to, answer));
        } else {
            runs.add(new Run(from, to, answer));
        }
    }

    private static Decided decided(RuleList list, int number) {
        return RuleDiagram.decided(list, number == Steps.NONE ? null : number, RuleDiagram.Naming::asWritten);
    }

    private Steps verified(Verification verification) {
        List<Numbered> ranges = new ArrayList<>();
        switch (verification) {
            case Verification.ByTrustDomain by ->
                by.trustDomains().forEach(domain -> add(ranges, 0, inventory.prefix("spiffe://" + domain + "/")));
            case Verification.ByMeshCa ca -> {
                add(ranges, 0, inventory.exact("spiffe://" + ca.mesh()));
                add(ranges, 0, inventory.prefix("spiffe://" + ca.mesh() + "/"));
            }
        }
        return Steps.of(ranges);
    }

    private Steps named(List<String> sanPrefixes) {
        List<Numbered> ranges = new ArrayList<>();
        sanPrefixes.forEach(prefix -> add(ranges, 0, inventory.prefix(prefix)));
        if (sanPrefixes.isEmpty()) {
            add(ranges, 0, inventory.all());
        }
        return Steps.of(ranges);
    }

    /** Null where a rule asks for something that is no range. */
    private @Nullable Steps steps(RuleList list) {
        List<Numbered> ranges = new ArrayList<>();
        int number = 0;
        for (Rule rule : list.rules()) {
            if (!add(ranges, number++, rule.principal())) {
                return null;
            }
        }
        return Steps.of(ranges);
    }

    private static void add(List<Numbered> ranges, int number, Inventory.Range range) {
        if (!range.isEmpty()) {
            ranges.add(new Numbered(range, number));
        }
    }

    /** Whether it could be said as ranges. */
    private boolean add(List<Numbered> ranges, int number, Principal principal) {
        switch (principal) {
            case Principal.Always always -> add(ranges, number, inventory.all());
            case Principal.Exact exact -> add(ranges, number, inventory.exact(exact.value()));
            case Principal.Prefix prefix -> add(ranges, number, inventory.prefix(prefix.value()));
            case Principal.SanEquals san -> add(ranges, number, inventory.exact(san.value()));
            case Principal.AnyOf any -> {
                return any.members().stream().allMatch(member -> add(ranges, number, member));
            }
            case Principal.Segments segments -> {
                return add(ranges, number, segments);
            }
            case Principal.AllOf all -> {
                return false;
            }
            case Principal.Not not -> {
                return false;
            }
        }
        return true;
    }

    /** A pattern without a star but its last is a text. */
    private boolean add(List<Numbered> ranges, int number, Principal.Segments segments) {
        if (!segments.segments().stream()
                .allMatch(name -> name.isPresent() && name.get().indexOf('/') < 0)) {
            return false;
        }
        String text = segments.segments().stream()
                .flatMap(Optional::stream)
                .collect(Collectors.joining("/", SpiffeId.SCHEME, segments.below() ? "/" : ""));
        add(ranges, number, segments.below() ? inventory.prefix(text) : inventory.exact(text));
        return true;
    }
}
