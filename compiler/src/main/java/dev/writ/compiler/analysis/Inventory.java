package dev.writ.compiler.analysis;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SPIFFE IDs that there are, in an order in which those that begin with the same segments stand together. */
public final class Inventory {
    private final List<String> ids;
    private final Map<String, Integer> places = new HashMap<>();
    private final IdTree tree;

    /** @param ids well-formed SPIFFE IDs */
    public Inventory(Collection<String> ids) {
        List<String[]> split = ids.stream()
                .distinct()
                .map(id -> id.split("/", -1))
                .sorted(Arrays::compare)
                .toList();
        this.ids = split.stream().map(segments -> String.join("/", segments)).toList();
        for (int i = 0; i < this.ids.size(); i++) {
            places.put(this.ids.get(i), i);
        }
        this.tree = IdTree.of(split);
    }

    public List<String> ids() {
        return ids;
    }

    /** Where an ID stands; null if it is none of them. */
    public @Nullable Integer placeOf(String id) {
        return places.get(id);
    }

    IdTree tree() {
        return tree;
    }
}
