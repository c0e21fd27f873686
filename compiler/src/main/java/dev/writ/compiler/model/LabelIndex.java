package dev.writ.compiler.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers which of many selectors match a set of labels without trying each: a selector is filed under the rarest of the
 * labels it requires.
 */
final class LabelIndex {
    private record Label(String key, String value) {}

    private final List<Map<String, String>> required;
    private final Map<Label, BitSet> byRarestLabel = new HashMap<>();
    private final BitSet requiringNothing = new BitSet();

    /** @param required for each selector the labels that must all be there */
    LabelIndex(List<Map<String, String>> required) {
        this.required = List.copyOf(required);
        Map<Label, Integer> uses = new HashMap<>();
        for (Map<String, String> labels : required) {
            labels.forEach((key, value) -> uses.merge(new Label(key, value), 1, Integer::sum));
        }
        for (int i = 0; i < required.size(); i++) {
            Label rarest = null;
            for (Map.Entry<String, String> entry : required.get(i).entrySet()) {
                Label label = new Label(entry.getKey(), entry.getValue());
                if (rarest == null || uses.getOrDefault(label, 0) < uses.getOrDefault(rarest, 0)) {
                    rarest = label;
                }
            }
            (rarest == null ? requiringNothing : byRarestLabel.computeIfAbsent(rarest, none -> new BitSet())).set(i);
        }
    }

    /** The positions of the selectors whose labels are all among these. */
    BitSet matching(Map<String, String> labels) {
        BitSet found = (BitSet) requiringNothing.clone();
        labels.forEach((key, value) -> {
            BitSet filed = byRarestLabel.get(new Label(key, value));
            if (filed != null) {
                filed.stream()
                        .filter(i ->
                                labels.entrySet().containsAll(required.get(i).entrySet()))
                        .forEach(found::set);
            }
        });
        return found;
    }

    /** The items at these positions, in their order. */
    static <T> List<T> pick(List<T> items, BitSet positions) {
        List<T> picked = new ArrayList<>(positions.cardinality());
        positions.stream().forEach(i -> picked.add(items.get(i)));
        return picked;
    }
}
