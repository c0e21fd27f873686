package dev.writ.compiler.ir;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The largest groups of subsets of which each intersects each other: the maximal cliques (Bron and Kerbosch, with a pivot), in Kuma's
 * order ({@code sortComponents}), which compares their positions as text, backwards.
 */
final class TagCliques {
    private final List<TagSubset> distinct;
    private final List<List<Integer>> positions;
    private final List<BitSet> neighbours = new ArrayList<>();
    private final List<BitSet> cliques = new ArrayList<>();
    private final int most;

    private TagCliques(List<TagSubset> subsets, int most) {
        this.most = most;
        Map<TagSubset, List<Integer>> byValue = new LinkedHashMap<>();
        for (int i = 0; i < subsets.size(); i++) {
            byValue.computeIfAbsent(subsets.get(i), none -> new ArrayList<>()).add(i);
        }
        distinct = List.copyOf(byValue.keySet());
        positions = List.copyOf(byValue.values());
        for (TagSubset one : distinct) {
            BitSet near = new BitSet();
            for (int j = 0; j < distinct.size(); j++) {
                near.set(j, one.intersects(distinct.get(j)));
            }
            near.clear(neighbours.size());
            neighbours.add(near);
        }
    }

    /** The groups; empty if there are more than {@code most}. */
    static Optional<List<List<TagSubset>>> find(List<TagSubset> subsets, int most) {
        TagCliques search = new TagCliques(subsets, most);
        BitSet all = new BitSet();
        all.set(0, search.distinct.size());
        search.extend(new BitSet(), all, new BitSet());
        if (search.cliques.size() > most) {
            return Optional.empty();
        }
        return Optional.of(search.cliques.stream()
                .sorted(Comparator.comparing(search::key).reversed())
                .map(clique -> clique.stream().mapToObj(search.distinct::get).toList())
                .toList());
    }

    private String key(BitSet clique) {
        return clique.stream()
                .boxed()
                .flatMap(i -> positions.get(i).stream())
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(":"));
    }

    private void extend(BitSet clique, BitSet candidates, BitSet excluded) {
        if (cliques.size() > most) {
            return;
        }
        if (candidates.isEmpty()) {
            if (excluded.isEmpty() && !clique.isEmpty()) {
                cliques.add(clique);
            }
            return;
        }
        BitSet tried = (BitSet) candidates.clone();
        tried.andNot(neighbours.get(pivot(candidates, excluded)));
        for (int node = tried.nextSetBit(0); node >= 0; node = tried.nextSetBit(node + 1)) {
            BitSet larger = (BitSet) clique.clone();
            larger.set(node);
            extend(larger, near(candidates, node), near(excluded, node));
            candidates.clear(node);
            excluded.set(node);
        }
    }

    /** The node with the most candidates near it: those need no branch of their own. */
    private int pivot(BitSet candidates, BitSet excluded) {
        BitSet either = (BitSet) candidates.clone();
        either.or(excluded);
        return either.stream()
                .boxed()
                .max(Comparator.comparingInt(node -> near(candidates, node).cardinality()))
                .orElseThrow();
    }

    private BitSet near(BitSet nodes, int node) {
        BitSet near = (BitSet) nodes.clone();
        near.and(neighbours.get(node));
        return near;
    }
}
