package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of the strings that have another segment here: of those of a name, those that begin so, and those of any name. */
final class CallerPlace {
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, Node> prefixes = new HashMap<>();
    private @Nullable Step any;
    private @Nullable List<Name> names;

    /** A segment. */
    static final class Step {
        /** For strings that end with it. */
        private @Nullable Node end;
        /** For all strings that go on. */
        private @Nullable Node more;

        private @Nullable CallerPlace below;

        void end(Node node, Merge merge) {
            end = end == null ? node : merge.of(end, node);
        }

        void more(Node node, Merge merge) {
            more = more == null ? node : merge.of(more, node);
        }

        @Nullable
        Node end() {
            return end;
        }

        @Nullable
        Node more() {
            return more;
        }

        @Nullable
        CallerPlace below() {
            return below;
        }

        CallerPlace belowIt() {
            if (below == null) {
                below = new CallerPlace();
            }
            return below;
        }
    }

    /**
     * A text that something is known of.
     *
     * @param from the least segment there is that is no less; null if all are less
     * @param after the least one behind it
     * @param afterAll the least one behind all that begin so
     */
    record Name(
            String text,
            @Nullable Step step,
            @Nullable Node prefix,
            @Nullable String from,
            @Nullable String after,
            @Nullable String afterAll) {}

    Step step(String name) {
        return steps.computeIfAbsent(name, none -> new Step());
    }

    Step anyStep() {
        if (any == null) {
            any = new Step();
        }
        return any;
    }

    void prefix(String text, Node node, Merge merge) {
        prefixes.merge(text, node, merge::of);
    }

    @Nullable
    Step any() {
        return any;
    }

    /** Sorted; nothing may be added any more. The bounds are made once, however many walks come by. */
    List<Name> names(Callers callers, int position) {
        if (names == null) {
            TreeSet<String> texts = new TreeSet<>(steps.keySet());
            texts.addAll(prefixes.keySet());
            List<Name> made = new ArrayList<>(texts.size());
            for (String text : texts) {
                String successor = prefixes.containsKey(text) ? Intervals.successor(text) : null;
                made.add(new Name(
                        text,
                        steps.get(text),
                        prefixes.get(text),
                        callers.ceiling(position, text),
                        callers.ceiling(position, text + '\0'),
                        successor == null ? null : callers.ceiling(position, successor)));
            }
            names = made;
        }
        return names;
    }

    /** The names of several places in their order; those of the same text stand together. */
    static List<Name> merged(List<CallerPlace> places, Callers callers, int position) {
        List<Name> merged = places.getFirst().names(callers, position);
        for (CallerPlace place : places.subList(1, places.size())) {
            merged = merged(merged, place.names(callers, position));
        }
        return merged;
    }

    private static List<Name> merged(List<Name> one, List<Name> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Name[] merged = new Name[one.size() + other.size()];
        int i = 0;
        int j = 0;
        for (int k = 0; k < merged.length; k++) {
            boolean isFirst = j == other.size()
                    || i < one.size()
                            && one.get(i).text().compareTo(other.get(j).text()) <= 0;
            merged[k] = isFirst ? one.get(i++) : other.get(j++);
        }
        return Arrays.asList(merged);
    }
}
