package dev.writ.compiler.analysis;

import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down a function of well-formed SPIFFE IDs as patterns. What it gives is the function itself, not the rules that it was made
 * of: an allow that a deny empties is not in it.
 */
final class IdPatterns {
    private final Diagram diagram;
    private final Node nothing;

    /** A pattern and what it leads to. */
    record Found(String text, List<Found> except, Object value) {
        Found without(List<Found> more) {
            List<Found> all = new ArrayList<>(except);
            all.addAll(more);
            return new Found(text, all, value);
        }
    }

    IdPatterns(Diagram diagram) {
        this.diagram = diagram;
        this.nothing = diagram.leaf(Nothing.NOTHING);
    }

    /** All IDs of which some call is let through. */
    List<IdPattern> of(Node certificate, AnswerReading answers) {
        return from(allowed(certificate, answers, new HashMap<>()), Callers.TRUST_DOMAIN, SpiffeId.SCHEME).stream()
                .map(found -> pattern(found, (Answer) found.value()))
                .toList();
    }

    private static IdPattern pattern(Found found, Answer answer) {
        return new IdPattern(
                found.text(),
                found.except().stream().map(one -> pattern(one, answer)).toList(),
                answer);
    }

    /** The function of callers alone: an answer, or nothing where no call is let through. */
    private Node allowed(Node node, AnswerReading answers, Map<Node, Node> known) {
        Node before = known.get(node);
        if (before != null) {
            return before;
        }
        Node made;
        if (node instanceof Branch branch && Variables.isAboutCaller(branch.variable())) {
            List<String> bounds = new ArrayList<>();
            List<Node> children = new ArrayList<>();
            for (int i = 0; i < branch.size(); i++) {
                if (i > 0) {
                    bounds.add(branch.from(i));
                }
                children.add(allowed(branch.child(i), answers, known));
            }
            made = diagram.branch(branch.variable(), bounds, children);
        } else {
            Answer answer = answers.of(node);
            made = answer.allowed() == Answer.Extent.NONE ? nothing : diagram.leaf(answer);
        }
        known.put(node, made);
        return made;
    }

    /** @param text all before the segment at this position */
    List<Found> from(Node node, int position, String text) {
        List<Found> found = new ArrayList<>();
        switch (node) {
            case Leaf leaf -> {
                if (leaf != nothing) {
                    found.add(new Found(text + "*", List.of(), leaf.value()));
                }
            }
            case Branch branch -> {
                if (branch.variable() == Variables.segment(position)) {
                    found.addAll(new SegmentPatterns(this, diagram, branch, position, text).found());
                } else {
                    found.addAll(below(branch, position, text + "*", false));
                }
            }
        }
        return found;
    }

    /**
     * @param text up to and with the segment at this position
     * @param exact whether that is a name, not the beginning of one
     */
    List<Found> below(Node node, int position, String text, boolean exact) {
        List<Found> found = new ArrayList<>();
        switch (node) {
            case Leaf leaf -> {
                if (leaf != nothing) {
                    found.add(new Found(text, List.of(), leaf.value()));
                    if (exact) {
                        found.add(new Found(text + "/*", List.of(), leaf.value()));
                    }
                }
            }
            case Branch branch -> {
                if (branch.variable() == Variables.more(position)) {
                    if (branch.at(Choice.NO) instanceof Leaf end && end != nothing) {
                        found.add(new Found(exact ? text : text + IdPattern.NO_SLASH, List.of(), end.value()));
                    }
                    found.addAll(from(branch.at(Choice.YES), position + 1, text + "/"));
                } else {
                    found.addAll(from(branch, position + 1, text + "/"));
                }
            }
        }
        return found;
    }

    Node nothing() {
        return nothing;
    }
}
