package dev.writ.compiler.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fast path for exact strings and prefixes, which nest or are disjoint: they are sorted once, and one walk makes the diagram from
 * below, each interval with what holds there. Merging them one by one would walk the large nodes again and again.
 */
final class CallerTree {
    private static final int MAX_SEGMENTS = 1_000;

    private final Diagram diagram;
    private final Callers callers;
    private final Merge merge;
    private final Place root = new Place();

    /** What is known of the strings that have another segment here. */
    private static final class Place {
        private final TreeMap<String, Step> steps = new TreeMap<>();
        private final TreeMap<String, Node> prefixes = new TreeMap<>();
    }

    /** A segment with a name. */
    private static final class Step {
        private @Nullable Node end;
        private @Nullable Place below;
    }

    /**
     * INVARIANT: what it is given asks nothing of the caller.
     *
     * @param merge of what holds for a longer text, and what for shorter ones
     */
    CallerTree(Diagram diagram, Callers callers, Merge merge) {
        this.diagram = diagram;
        this.callers = callers;
        this.merge = merge;
    }

    void exact(String text, Node node) {
        String[] segments = segments(text);
        Step step = step(place(segments), segments[segments.length - 1]);
        step.end = step.end == null ? node : merge.of(step.end, node);
    }

    void prefix(String text, Node node) {
        String[] segments = segments(text);
        place(segments).prefixes.merge(segments[segments.length - 1], node, merge::of);
    }

    private static String[] segments(String text) {
        String[] segments = text.split("/", -1);
        if (segments.length > MAX_SEGMENTS) {
            throw new Unanswerable("a caller of more than " + MAX_SEGMENTS + " segments");
        }
        return segments;
    }

    private Place place(String[] segments) {
        Place place = root;
        for (int i = 0; i < segments.length - 1; i++) {
            Step step = step(place, segments[i]);
            if (step.below == null) {
                step.below = new Place();
            }
            place = step.below;
        }
        return place;
    }

    private static Step step(Place place, String segment) {
        return place.steps.computeIfAbsent(segment, s -> new Step());
    }

    /** @param elsewhere what holds for strings that no text is about; it is merged under that of all the others */
    Node node(Node elsewhere) {
        return node(root, 0, elsewhere);
    }

    private record Open(String prefix, Node node) {}

    private Node node(Place place, int position, Node inherited) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", inherited));
        Intervals intervals = new Intervals(callers, position, inherited);
        TreeSet<String> texts = new TreeSet<>(place.steps.keySet());
        texts.addAll(place.prefixes.keySet());
        for (String text : texts) {
            close(open, text, intervals);
            Node prefix = place.prefixes.get(text);
            if (prefix != null) {
                Node node = merge.of(prefix, open.element().node());
                open.push(new Open(text, node));
                intervals.from(text, node);
            }
            Step step = place.steps.get(text);
            if (step != null) {
                Node around = open.element().node();
                intervals.from(text, node(step, position, around));
                intervals.after(text, around);
            }
        }
        close(open, null, intervals);
        return intervals.node(diagram);
    }

    private Node node(Step step, int position, Node around) {
        Node more = step.below == null ? around : node(step.below, position + 1, around);
        return callers.mayEndAt(position)
                ? diagram.yesNo(Variables.more(position), more, step.end == null ? around : merge.of(step.end, around))
                : more;
    }

    /** Ends the prefixes that a text does not begin with; all but the outermost if there is no text. */
    private static void close(Deque<Open> open, @Nullable String text, Intervals intervals) {
        while (open.size() > 1
                && (text == null || !text.startsWith(open.element().prefix()))) {
            String prefix = open.pop().prefix();
            intervals.afterAll(prefix, open.element().node());
        }
    }
}
