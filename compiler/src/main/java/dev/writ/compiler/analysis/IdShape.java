package dev.writ.compiler.analysis;

import dev.writ.compiler.model.IssuedShape;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The SPIFFE IDs that one template or one trust can issue, by their segments.
 *
 * @param segments the trust domain first; each a row of literal texts, with nothing for what may be any text without a slash
 * @param below whether any segments may follow
 */
record IdShape(List<List<Optional<String>>> segments, boolean below) {
    IdShape {
        segments = segments.stream().map(IdShape::joined).toList();
    }

    /** The row with texts that stand beside each other as one. */
    private static List<Optional<String>> joined(List<Optional<String>> row) {
        List<Optional<String>> joined = new ArrayList<>();
        for (Optional<String> part : row) {
            boolean isMore =
                    part.isPresent() && !joined.isEmpty() && joined.getLast().isPresent();
            joined.add(isMore ? Optional.of(joined.removeLast().orElseThrow() + part.get()) : part);
        }
        return List.copyOf(joined);
    }

    /** All of a trust domain. */
    static IdShape ofTrustDomain(String trustDomain) {
        return new IdShape(List.of(List.of(Optional.of(trustDomain))), true);
    }

    /**
     * What the templates of a MeshIdentity give. Where the path computes, whatever begins like it.
     *
     * @param trustDomain what the template of the trust domain gave for some workload
     */
    static IdShape ofTemplates(SpiffeTemplate trustDomainTemplate, SpiffeTemplate path, String trustDomain) {
        List<Optional<String>> first = new ArrayList<>();
        if (readsLabels(trustDomainTemplate)) {
            // Outside Kuma it is the workload's label: another workload may bring another.
            first.add(Optional.empty());
        } else {
            first.add(Optional.of(trustDomain));
        }
        Optional<IssuedShape> shape = IssuedShape.of(path, trustDomain);
        if (shape.isEmpty()) {
            // A path without a slash of its own goes on in the trust domain, as Kuma puts them together.
            first.add(Optional.empty());
            return new IdShape(List.of(first), true);
        }
        List<List<Optional<String>>> segments = new ArrayList<>(List.of(first));
        segments.addAll(shape.get().segments());
        return new IdShape(segments, false);
    }

    private static boolean readsLabels(SpiffeTemplate template) {
        return template.expressions()
                .anyMatch(expression -> expression instanceof Call call && call.function() == Function.LABEL);
    }

    boolean contains(SpiffeId id) {
        String path = id.path();
        String name = id.trustDomain();
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (i > 0) {
                if (at >= path.length()) {
                    return false;
                }
                int end = path.indexOf('/', at + 1);
                end = end < 0 ? path.length() : end;
                name = path.substring(at + 1, end);
                at = end;
            }
            if (!matches(segments.get(i), name)) {
                return false;
            }
        }
        return below || at >= path.length();
    }

    private static boolean matches(List<Optional<String>> row, String name) {
        int at = 0;
        boolean isOpen = false;
        for (int i = 0; i < row.size(); i++) {
            Optional<String> part = row.get(i);
            if (part.isEmpty()) {
                isOpen = true;
                continue;
            }
            String text = part.get();
            // Of what stands behind a variable the first place will do, but for the last text.
            boolean isLast = i == row.size() - 1;
            int found = !isOpen ? at : isLast ? name.length() - text.length() : name.indexOf(text, at);
            if (found < at || !name.startsWith(text, found)) {
                return false;
            }
            at = found + text.length();
            isOpen = false;
        }
        return isOpen || at == name.length();
    }

    /** Whether it has an ID of a pattern, as far as the pattern's text goes. */
    boolean meets(IdPattern pattern) {
        boolean isNarrow = pattern.text().endsWith(IdPattern.NO_SLASH);
        String text =
                pattern.text().substring(0, pattern.text().length() - (isNarrow ? IdPattern.NO_SLASH.length() : 0));
        String[] names = text.substring(SpiffeId.SCHEME.length()).split("/", -1);
        boolean isOpen = !isNarrow && text.endsWith("*");
        for (int i = 0; i < Math.min(names.length, segments.size()); i++) {
            if (!Globs.meet(names[i], glob(segments.get(i)))) {
                return false;
            }
        }
        return names.length == segments.size() || (names.length < segments.size() ? isOpen : below);
    }

    private static String glob(List<Optional<String>> segment) {
        return segment.stream().map(text -> text.orElse("*")).collect(Collectors.joining());
    }

    /** As a set of well-formed callers. Of a segment only what it begins with is asked, up to its first variable. */
    Node node(Diagram diagram) {
        Node no = diagram.leaf(false);
        Node scheme = new Intervals(Callers.WELL_FORMED, 1, node(diagram, 0, no)).node(diagram);
        return new Intervals(Callers.WELL_FORMED, 0, scheme).node(diagram);
    }

    private Node node(Diagram diagram, int segment, Node no) {
        Node next = next(diagram, segment, no);
        Intervals intervals = new Intervals(Callers.WELL_FORMED, Callers.TRUST_DOMAIN + segment, no);
        String literal = segments.get(segment).stream()
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .collect(Collectors.joining());
        boolean isWhole = segments.get(segment).stream().allMatch(Optional::isPresent);
        // No name is empty: of an empty segment nothing is issued.
        if (!isWhole || !literal.isEmpty()) {
            intervals.from(literal, next);
        }
        if (isWhole) {
            intervals.after(literal, no);
        } else {
            intervals.afterAll(literal, no);
        }
        return intervals.node(diagram);
    }

    private Node next(Diagram diagram, int segment, Node no) {
        int more = Variables.more(Callers.TRUST_DOMAIN + segment);
        if (segment + 1 < segments.size()) {
            return diagram.yesNo(more, node(diagram, segment + 1, no), no);
        }
        Node yes = diagram.leaf(true);
        return below ? yes : diagram.yesNo(more, no, yes);
    }
}
