package dev.writ.runtime.mutation;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import dev.writ.runtime.mutation.PinnedCalls.Pinned;
import dev.writ.runtime.testing.feature.WrittenSteps.WrittenStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A feature that says what a policy decides now: a rule for the inbounds that decide alike, tables of who reaches them, who stays out,
 * who is refused by TLS.
 *
 * @param scenarios how many there are
 * @param mutants of the rules, all of which the scenarios tell but those that are left
 */
public record GeneratedFeature(String text, int scenarios, int mutants, List<MutantResult.Open> left) {
    private static final String CALLEE = "<callee>";

    /** Which calls stand in one table. */
    private enum Fate {
        REACHES("who reaches "),
        STAYS_OUT("who stays out of "),
        REFUSED("whom TLS keeps from "),
        UNKNOWN("of whose calls nothing is known to ");

        private final String title;

        Fate(String title) {
            this.title = title;
        }

        static Fate of(Verdict verdict) {
            if (verdict.decision() == Decision.UNKNOWN) {
                return UNKNOWN;
            }
            return verdict.stage() == Stage.TLS ? REFUSED : verdict.decision() == Decision.ALLOW ? REACHES : STAYS_OUT;
        }
    }

    private record Place(WorkloadPolicy workload, InboundPolicy inbound, String name) {}

    /**
     * @param background what declares the policy
     * @param sources what it is called
     */
    public static GeneratedFeature of(Compilation compilation, List<WrittenStep> background, String sources) {
        return new Writing(compilation).write(background, sources);
    }

    private static final class Writing {
        private final Compilation compilation;
        private final CallSentence sentence;
        private final FeatureText text = new FeatureText("en");
        private final List<MutantResult.Open> left = new ArrayList<>();
        private int scenarios;
        private int mutants;

        Writing(Compilation compilation) {
            this.compilation = compilation;
            this.sentence = new CallSentence(compilation.model());
        }

        GeneratedFeature write(List<WrittenStep> background, String sources) {
            text.feature(
                    "what the policy of " + sources + " decides",
                    List.of("Written by `writ generate-tests`: the calls at the edges of each rule. A change of a rule"
                            + " changes one of them."));
            text.background(2, background);
            groups().forEach(this::write);
            return new GeneratedFeature(text.toString(), scenarios, mutants, left);
        }

        private List<List<Place>> groups() {
            Map<PolicyGroup.Content, List<Place>> groups = new LinkedHashMap<>();
            for (WorkloadPolicy workload : compilation.policy().workloads()) {
                Map<Integer, InboundPolicy> inbounds = new TreeMap<>();
                workload.inbounds()
                        .forEach(one -> inbounds.putIfAbsent(one.inbound().port(), one));
                inbounds.forEach((port, inbound) -> {
                    String name = sentence.name(workload.workload().key()) + (inbounds.size() > 1 ? ":" + port : "");
                    groups.computeIfAbsent(
                                    PolicyGroup.Content.of(
                                            inbound, compilation.policy().target()),
                                    none -> new ArrayList<>())
                            .add(new Place(workload, inbound, name));
                });
            }
            return groups.values().stream()
                    .sorted(Comparator.comparing(places -> places.getFirst().name()))
                    .toList();
        }

        private void write(List<Place> places) {
            Place first = places.getFirst();
            PinnedCalls pinned = PinnedCalls.of(compilation, first.workload(), first.inbound());
            mutants += pinned.mutants();
            left.addAll(pinned.left());
            text.rule(List.of(), title(places));
            Map<Fate, List<Pinned>> byFate = new TreeMap<>();
            pinned.calls()
                    .forEach(call -> byFate.computeIfAbsent(Fate.of(call.verdict()), none -> new ArrayList<>())
                            .add(call));
            byFate.forEach((fate, calls) -> write(fate, calls, places));
        }

        private static String title(List<Place> places) {
            if (places.size() == 1) {
                return "calls to " + places.getFirst().name();
            }
            InboundPolicy policy = places.getFirst().inbound();
            Set<String> permissions = Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                    .map(RuleList::rules)
                    .flatMap(List::stream)
                    .map(rule -> "`" + rule.origin().label() + "`")
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return "calls to the workloads "
                    + (permissions.isEmpty() ? "without a permission" : "of " + String.join(", ", permissions));
        }

        private void write(Fate fate, List<Pinned> calls, List<Place> places) {
            boolean isOutline = places.size() > 1;
            String callee = isOutline ? CALLEE : places.getFirst().name();
            if (isOutline) {
                text.outline(4, fate.title + callee);
            } else {
                text.example(4, fate.title + callee);
            }
            scenarios += places.size();
            text.then(6, "these calls are decided so:");
            text.table(8, rows(calls, callee));
            if (isOutline) {
                List<List<String>> examples = new ArrayList<>(List.of(List.of("callee")));
                places.forEach(place -> examples.add(List.of(place.name())));
                text.examples(6, examples);
            }
        }

        /** Without the columns that say nothing. */
        private List<List<String>> rows(List<Pinned> pinned, String callee) {
            List<List<String>> rows =
                    new ArrayList<>(List.of(List.of("caller", "callee", "method", "path", "server name", "decision")));
            for (Pinned one : pinned) {
                Call call = one.call();
                rows.add(List.of(
                        sentence.caller(call),
                        callee,
                        call.method() == null ? "" : call.method(),
                        call.path() == null ? "" : call.path(),
                        call.sni() == null ? "" : call.sni(),
                        CallSentence.decision(one.verdict())));
            }
            List<Integer> said = Stream.iterate(0, column -> column < 6, column -> column + 1)
                    .filter(column -> rows.stream()
                            .skip(1)
                            .anyMatch(row -> !row.get(column).isEmpty()))
                    .toList();
            return rows.stream()
                    .map(row -> said.stream().map(row::get).toList())
                    .toList();
        }
    }
}
