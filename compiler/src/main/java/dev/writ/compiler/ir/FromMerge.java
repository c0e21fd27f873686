package dev.writ.compiler.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Kuma's merge of {@code from} entries into rules for disjoint groups of clients (2.12 to 2.14, {@code core/rules/rules.go}, {@code
 * BuildRules}): the entries whose clients can coincide are taken together; for each combination of their tags, negated or not, the
 * entries that all its clients meet are merged, later over earlier. The more tags a rule has that are not negated, the earlier.
 *
 * @param <C> what an entry sets
 * @param merge what two entries set together, the later one second
 * @param most how many rules are made at most
 */
record FromMerge<C>(BinaryOperator<C> merge, int most) {

    /** An entry: what it sets for which clients. */
    record Entry<C>(TagSubset clients, C conf) {}

    /**
     * A rule.
     *
     * @param entries the positions of the entries it comes from
     */
    record Merged<C>(TagSubset clients, C conf, List<Integer> entries) {
        Merged {
            entries = List.copyOf(entries);
        }
    }

    /** The rules, in Kuma's order; empty if they are too many. */
    Optional<List<Merged<C>>> rules(List<Entry<C>> entries) {
        Optional<List<List<TagSubset>>> groups =
                TagCliques.find(entries.stream().map(Entry::clients).toList(), most);
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Merged<C>> rules = new ArrayList<>();
        int size = 0;
        for (List<TagSubset> group : groups.get()) {
            TagPartition partition = new TagPartition(group);
            size += partition.size(most + 1);
            if (size > most) {
                return Optional.empty();
            }
            partition.subsets().forEach(clients -> rule(clients, entries).ifPresent(rules::add));
        }
        rules.sort(Comparator.comparingInt((Merged<C> rule) -> rule.clients().positives())
                .reversed());
        return Optional.of(rules);
    }

    private Optional<Merged<C>> rule(TagSubset clients, List<Entry<C>> entries) {
        List<Integer> met = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).clients().contains(clients)) {
                met.add(i);
            }
        }
        return met.stream().map(i -> entries.get(i).conf()).reduce(merge).map(conf -> new Merged<>(clients, conf, met));
    }
}
