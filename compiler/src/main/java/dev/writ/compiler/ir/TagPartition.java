package dev.writ.compiler.ir;

import dev.writ.compiler.ir.TagSubset.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All combinations of some tags, negated or not: of each key one of its values, or none of them. In Kuma's order ({@code
 * subsetutils.SubsetIter}): the first key changes fastest, from no value through the smallest to the largest, and the combination of
 * all the largest comes last.
 */
final class TagPartition {
    private final List<String> keys;
    private final List<List<String>> values = new ArrayList<>();

    TagPartition(List<TagSubset> subsets) {
        SortedMap<String, SortedSet<String>> byKey = new TreeMap<>();
        for (TagSubset subset : subsets) {
            subset.tags()
                    .forEach(tag -> byKey.computeIfAbsent(tag.key(), none -> new TreeSet<>())
                            .add(tag.value()));
        }
        keys = List.copyOf(byKey.keySet());
        byKey.values().forEach(of -> values.add(List.copyOf(of)));
    }

    /** How many combinations there are, at most this many. */
    int size(int most) {
        long size = 1;
        for (List<String> of : values) {
            size = Math.min(size * (of.size() + 1), most);
        }
        return (int) size;
    }

    List<TagSubset> subsets() {
        List<TagSubset> subsets = new ArrayList<>();
        int[] counter = new int[keys.size()];
        while (advance(counter)) {
            subsets.add(at(counter));
        }
        subsets.add(at(counter));
        return subsets;
    }

    /** False when it is back at its beginning. */
    private boolean advance(int[] counter) {
        for (int i = 0; i < counter.length; i++) {
            counter[i]++;
            if (counter[i] <= values.get(i).size()) {
                return true;
            }
            counter[i] = 0;
        }
        return false;
    }

    private TagSubset at(int[] counter) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < counter.length; i++) {
            String key = keys.get(i);
            List<String> of = values.get(i);
            if (counter[i] == of.size()) {
                of.forEach(value -> tags.add(new Tag(key, value, true)));
            } else {
                tags.add(new Tag(key, of.get(of.size() - counter[i] - 1), false));
            }
        }
        return new TagSubset(tags);
    }
}
