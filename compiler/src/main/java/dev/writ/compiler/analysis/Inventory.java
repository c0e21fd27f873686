package dev.writ.compiler.analysis;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SPIFFE IDs that there are, in an order in which those that begin with the same text stand together: so whatever is about a text,
 * or about all that begins with it, is about a range of them.
 */
public final class Inventory {
    private static final Range NOBODY = new Range(0, 0);

    private final List<String[]> split;
    private final List<String> ids;
    private final Map<String, Integer> places;
    private final Map<String, Range> prefixes = new HashMap<>();
    private @Nullable IdTree tree;

    /**
     * Neighbours.
     *
     * @param from the first of them
     * @param to the first after them
     */
    record Range(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    /** @param ids well-formed SPIFFE IDs */
    public Inventory(Collection<String> ids) {
        this.split = ids.stream()
                .distinct()
                .map(id -> id.split("/", -1))
                .sorted(Arrays::compare)
                .toList();
        this.ids = split.stream().map(segments -> String.join("/", segments)).toList();
        this.places = HashMap.newHashMap(this.ids.size());
        for (int i = 0; i < this.ids.size(); i++) {
            places.put(this.ids.get(i), i);
        }
    }

    public List<String> ids() {
        return ids;
    }

    /** Where an ID stands; null if it is none of them. */
    public @Nullable Integer placeOf(String id) {
        return places.get(id);
    }

    Range all() {
        return new Range(0, ids.size());
    }

    /** That of one ID; empty if it is none of them. */
    Range exact(String id) {
        Integer place = places.get(id);
        return place == null ? NOBODY : new Range(place, place + 1);
    }

    /** That of all that begin so; looked up once, however many rules name it. */
    Range prefix(String text) {
        return prefixes.computeIfAbsent(text, this::search);
    }

    private Range search(String text) {
        String[] least = text.split("/", -1);
        int last = least.length - 1;
        String beyond = Intervals.successor(least[last]);
        String[] next = Arrays.copyOf(least, beyond == null ? last : least.length);
        if (beyond != null) {
            next[last] = beyond;
        } else if (last > 0) {
            // All that goes on below the segments before: the next name after theirs ends it.
            next[last - 1] += '\0';
        } else {
            return new Range(firstFrom(least), ids.size());
        }
        return new Range(firstFrom(least), firstFrom(next));
    }

    private int firstFrom(String[] segments) {
        int found = Collections.binarySearch(split, segments, Arrays::compare);
        return found >= 0 ? found : -found - 1;
    }

    IdTree tree() {
        if (tree == null) {
            tree = IdTree.of(split);
        }
        return tree;
    }
}
