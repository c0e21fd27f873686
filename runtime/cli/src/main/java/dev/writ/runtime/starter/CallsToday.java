package dev.writ.runtime.starter;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.CallResolver.Callee;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A feature that says who reaches whom as the policy is now, for a policy that has no features yet. */
final class CallsToday {
    /** A table is there to be read. */
    private static final int MOST_CALLERS = 20;

    private static final int MOST_CALLEES = 8;
    private static final List<String> STRANGERS = List.of("anonymous", "plaintext");

    private final Compilation today;
    private final CallResolver resolver;
    private final ModelJudge judge;

    CallsToday(Compilation today) {
        this.today = today;
        this.resolver = new CallResolver(today.model());
        this.judge = new ModelJudge(today.policy());
    }

    /** @param sources relative to the project; features are in a folder of it */
    String feature(List<String> sources) {
        Map<String, Caller> callers = callers();
        Map<String, Callee> callees = callees();
        StringBuilder text = new StringBuilder("Feature: who reaches whom\n");
        text.append(
                "  Written by `writ init`: what was decided that day. A cell that no longer holds is a call that is newly allowed or\n");
        text.append("  denied. Say in scenarios of your own which of them are meant.\n\n");
        text.append("  Background:\n");
        List<String> given = new ArrayList<>();
        if (today.model().target() != Target.ENVOY) {
            given.add("the target \"" + today.model().target() + "\"");
        }
        sources.forEach(
                source -> given.add("the resources in \"" + (source.equals(".") ? ".." : "../" + source) + "\""));
        for (int i = 0; i < given.size(); i++) {
            text.append(i == 0 ? "    Given " : "    And ").append(given.get(i)).append('\n');
        }
        text.append("\n  Scenario: as it is today\n    Then callers reach callees:\n");
        return text.append(table(callers, callees)).toString();
    }

    /** Whether there is a call to say anything of. */
    boolean isPossible() {
        return !callees().isEmpty();
    }

    private Map<String, Caller> callers() {
        Map<String, Caller> callers = new LinkedHashMap<>();
        names(today.model().workloads().stream())
                .limit(MOST_CALLERS)
                .forEach(name -> resolver.caller(name, null, new DiagnosticSink())
                        .ifPresent(caller -> callers.put(name, caller)));
        STRANGERS.forEach(name ->
                resolver.caller(name, null, new DiagnosticSink()).ifPresent(caller -> callers.put(name, caller)));
        return callers;
    }

    private Map<String, Callee> callees() {
        Map<String, Callee> callees = new LinkedHashMap<>();
        for (Workload workload : today.model().workloads()) {
            workload.inbounds().stream()
                    .map(inbound -> inbound.port())
                    .distinct()
                    .sorted()
                    .map(port -> workload.key().shortName() + ":" + port)
                    .forEach(name -> callee(name).ifPresent(callee -> callees.put(name, callee)));
        }
        callees.keySet().removeAll(callees.keySet().stream().skip(MOST_CALLEES).toList());
        return callees;
    }

    /** Of what is certain: a verdict that depends on what is not modelled is none to hold on to. */
    private Optional<Callee> callee(String name) {
        return resolver.callee(name, null, null, new DiagnosticSink())
                .filter(callee -> judge(new Caller.Plaintext(), callee).decision() != Verdict.Decision.UNKNOWN);
    }

    private static Stream<String> names(Stream<Workload> workloads) {
        return workloads.map(workload -> workload.key().shortName()).distinct();
    }

    private String table(Map<String, Caller> callers, Map<String, Callee> callees) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of(""), callees.keySet().stream()).toList());
        callers.forEach((name, caller) -> rows.add(Stream.concat(
                        Stream.of(name), callees.values().stream().map(callee -> word(judge(caller, callee))))
                .toList()));
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("      |");
            for (int i = 0; i < widths.length; i++) {
                text.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private Verdict judge(Caller caller, Callee callee) {
        return judge.judge(
                new Call(caller, callee.workload().key(), callee.inbound().port(), null, null, null));
    }

    /** An empty cell says nothing. */
    private static String word(Verdict verdict) {
        return switch (verdict.decision()) {
            case ALLOW -> verdict.shadow() == Verdict.Decision.DENY ? "shadow-deny" : "allow";
            case DENY -> verdict.stage() == Verdict.Stage.TLS ? "refused by TLS" : "deny";
            case UNKNOWN -> "";
        };
    }
}
