package dev.writ.compiler.analysis;

import java.util.List;
import java.util.Optional;

/** Sets of callers as functions that are true or false. */
final class CallerSets {
    private final Diagram diagram;
    private final Callers callers;
    private final Node yes;
    private final Node no;

    /** That no segment from a position on is empty. No diagram of bounded depth can say it of strings that are not well-formed. */
    record NoneEmptyFrom(int position) {}

    CallerSets(Diagram diagram, Callers callers) {
        this.diagram = diagram;
        this.callers = callers;
        this.yes = diagram.leaf(true);
        this.no = diagram.leaf(false);
    }

    Node exact(String text) {
        CallerTree tree = new CallerTree(diagram, callers, Merge.either(diagram));
        tree.exact(text, yes);
        return tree.node(no);
    }

    Node prefix(String text) {
        CallerTree tree = new CallerTree(diagram, callers, Merge.either(diagram));
        tree.prefix(text, yes);
        return tree.node(no);
    }

    /**
     * The strings of these segments.
     *
     * @param segments of the whole string, the scheme among them; empty for any one that is not empty
     * @param below whether one or more must follow, none of them empty; otherwise none may
     */
    Node segments(List<Optional<String>> segments, boolean below) {
        CallerTree tree = new CallerTree(diagram, callers, Merge.either(diagram));
        tree.segments(segments, below, below ? othersNotEmpty(segments.size()) : yes);
        return tree.node(no);
    }

    /** Whether no segment from a position on is empty. */
    Node othersNotEmpty(int position) {
        return switch (callers) {
            case WELL_FORMED -> yes;
            case OTHER -> diagram.fact(new NoneEmptyFrom(position));
        };
    }
}
