package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.CallerPlace.Name;
import dev.writ.compiler.analysis.CallerPlace.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fast path for exact strings, prefixes and patterns of segments: one tree of all of them, by segments, and one walk that makes
 * the diagram from below, each interval with what holds there. A call is in as many places of the tree at once as patterns of free
 * segments may take it to; each such set of places is walked once. Merging the rules one by one would make their nodes again and again.
 */
final class CallerTree {
    private static final int MAX_SEGMENTS = 1_000;

    private final Diagram diagram;
    private final Callers callers;
    private final Merge merge;
    private final CallerPlace root = new CallerPlace();
    private final Map<State, Node> known = new HashMap<>();

    /** What is left to ask; INVARIANT: places are equal only to themselves. */
    private record State(List<CallerPlace> places, Node inherited) {}

    private record Open(String prefix, @Nullable String after, Node node) {}

    /**
     * INVARIANT: what it is given asks nothing of the caller but facts.
     *
     * @param merge of what holds for several texts at once; it may take them in any order
     */
    CallerTree(Diagram diagram, Callers callers, Merge merge) {
        this.diagram = diagram;
        this.callers = callers;
        this.merge = merge;
    }

    void exact(String text, Node node) {
        String[] segments = segments(text);
        place(segments).step(segments[segments.length - 1]).end(node, merge);
    }

    void prefix(String text, Node node) {
        String[] segments = segments(text);
        place(segments).prefix(segments[segments.length - 1], node, merge);
    }

    /**
     * The strings of these segments.
     *
     * @param segments of the whole string, the scheme among them; empty for any one that is not empty
     * @param below whether one or more must follow; otherwise none may
     */
    void segments(List<Optional<String>> segments, boolean below, Node node) {
        requireFew(segments.size());
        CallerPlace place = root;
        Step step = null;
        for (Optional<String> segment : segments) {
            place = step == null ? root : step.belowIt();
            step = segment.isPresent() ? place.step(segment.get()) : place.anyStep();
        }
        if (step == null) {
            throw new IllegalArgumentException("a pattern without segments");
        }
        if (below) {
            step.more(node, merge);
        } else {
            step.end(node, merge);
        }
    }

    private static String[] segments(String text) {
        String[] segments = text.split("/", -1);
        requireFew(segments.length);
        return segments;
    }

    private static void requireFew(int segments) {
        if (segments > MAX_SEGMENTS) {
            throw new Unanswerable("a caller of more than " + MAX_SEGMENTS + " segments");
        }
    }

    private CallerPlace place(String[] segments) {
        CallerPlace place = root;
        for (int i = 0; i < segments.length - 1; i++) {
            place = place.step(segments[i]).belowIt();
        }
        return place;
    }

    /** @param elsewhere what holds for strings that no text is about; it is merged under that of all the others */
    Node node(Node elsewhere) {
        return node(List.of(root), 0, elsewhere);
    }

    private Node node(List<CallerPlace> places, int position, Node inherited) {
        State state = new State(places, inherited);
        Node before = known.get(state);
        if (before != null) {
            return before;
        }
        Node made = make(places, position, inherited);
        known.put(state, made);
        return made;
    }

    private Node make(List<CallerPlace> places, int position, Node inherited) {
        Level level = new Level(places, position, inherited);
        List<Name> names = CallerPlace.merged(places, callers, position);
        for (int i = 0; i < names.size(); ) {
            int end = i + 1;
            while (end < names.size()
                    && names.get(end).text().equals(names.get(i).text())) {
                end++;
            }
            level.add(names.get(i).text(), names.subList(i, end));
            i = end;
        }
        level.close(null);
        return level.intervals.node(diagram);
    }

    /** The intervals of one question for a segment, name by name. */
    private final class Level {
        private final int position;
        private final List<Step> any = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();
        private final Intervals intervals;
        /** What holds where no name is, under the prefixes that are open. */
        private Node unnamed;

        Level(List<CallerPlace> places, int position, Node inherited) {
            this.position = position;
            for (CallerPlace place : places) {
                if (place.any() != null) {
                    any.add(place.any());
                }
            }
            this.intervals = new Intervals(callers, position, inherited);
            this.unnamed = following(any, position, inherited);
            open.push(new Open("", null, inherited));
            // Of strings that are not well-formed a segment may be empty, and then it is not any.
            intervals.at(callers.ceiling(position, "\0"), unnamed);
        }

        /** @param names all of this text */
        void add(String text, List<Name> names) {
            close(text);
            List<Step> steps = new ArrayList<>(text.isEmpty() ? List.of() : any);
            boolean isNamed = false;
            for (Name name : names) {
                if (name.prefix() != null) {
                    open(name, name.prefix());
                }
                if (name.step() != null) {
                    steps.add(name.step());
                    isNamed = true;
                }
            }
            Name name = names.getFirst();
            if (isNamed) {
                intervals.at(name.from(), following(steps, position, around()));
                intervals.at(name.after(), unnamed);
            } else if (text.isEmpty()) {
                intervals.at(name.from(), around());
                intervals.at(name.after(), unnamed);
            } else {
                intervals.at(name.from(), unnamed);
            }
        }

        private Node around() {
            return open.element().node();
        }

        private void open(Name name, Node prefix) {
            open.push(new Open(name.text(), name.afterAll(), merge.of(prefix, around())));
            unnamed = following(any, position, around());
        }

        /** Ends the prefixes that a text does not begin with; all but the outermost if there is no text. */
        void close(@Nullable String text) {
            while (open.size() > 1
                    && (text == null || !text.startsWith(open.element().prefix()))) {
                String after = open.pop().after();
                unnamed = following(any, position, around());
                intervals.at(after, unnamed);
            }
        }
    }

    /** After a segment at a position that takes these steps. */
    private Node following(List<Step> steps, int position, Node around) {
        if (steps.isEmpty()) {
            return around;
        }
        Node end = around;
        Node longer = around;
        List<CallerPlace> below = new ArrayList<>(steps.size());
        for (Step step : steps) {
            if (step.end() != null) {
                end = merge.of(step.end(), end);
            }
            if (step.more() != null) {
                longer = merge.of(step.more(), longer);
            }
            if (step.below() != null) {
                below.add(step.below());
            }
        }
        Node more = below.isEmpty() ? longer : node(below, position + 1, longer);
        return callers.mayEndAt(position) ? diagram.yesNo(Variables.more(position), more, end) : more;
    }
}
