package dev.writ.runtime.mutation;

import dev.writ.compiler.analysis.InboundEdit;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Calls by who makes them: of the callers whom a changed rule names the calls are found without asking all. */
final class CallIndex<T> {
    private final NavigableMap<String, BitSet> byCaller = new TreeMap<>();
    private final List<T> calls = new ArrayList<>();

    void add(List<String> uriSans, T call) {
        byCaller.computeIfAbsent(String.join(",", uriSans), none -> new BitSet())
                .set(calls.size());
        calls.add(call);
    }

    /** All that the edit can be about, and others, in the order in which they were added. */
    List<T> near(InboundEdit edit, RuleList enforced) {
        BitSet found = new BitSet(calls.size());
        edit.enforced().ifPresent(made -> {
            add(enforced.rules().get(made.removed()).principal(), found);
            made.instead().stream().map(Rule::principal).forEach(callers -> add(callers, found));
        });
        if (edit.shadow().isPresent()) {
            found.set(0, calls.size());
        }
        return found.stream().mapToObj(calls::get).toList();
    }

    private void add(Principal principal, BitSet found) {
        switch (principal) {
            case Principal.Exact exact -> found.or(byCaller.getOrDefault(exact.value(), new BitSet()));
            case Principal.Prefix prefix ->
                byCaller.subMap(prefix.value(), true, prefix.value() + Character.MAX_VALUE, true)
                        .values()
                        .forEach(found::or);
            case Principal.AnyOf any -> any.members().forEach(member -> add(member, found));
            case Principal.Always always -> found.set(0, calls.size());
            case Principal.Segments segments -> found.set(0, calls.size());
            case Principal.SanEquals san -> found.set(0, calls.size());
            case Principal.AllOf all -> found.set(0, calls.size());
            case Principal.Not not -> found.set(0, calls.size());
        }
    }
}
