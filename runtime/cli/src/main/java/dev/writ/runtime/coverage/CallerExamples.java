package dev.writ.runtime.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Callers that try a point, as like to those that there are as can be: with the rest of a known SPIFFE ID behind what matters. */
final class CallerExamples {
    /** Those where no SPIFFE ID is known. */
    static final CallerExamples PLAIN = new CallerExamples(List.of());

    private static final String SCHEME = "spiffe://";

    private final NavigableSet<String> known;

    /** @param known the SPIFFE IDs of workloads */
    CallerExamples(Collection<String> known) {
        this.known = new TreeSet<>(known);
    }

    /** A caller on that side; empty where the point is about no SPIFFE ID. */
    String of(Point point) {
        return switch (point.kind()) {
            case CALLER -> ofId(point.subject(), point.edge());
            case PREFIX -> ofPrefix(CallerBoundary.stem(point.subject()), point.edge());
            case PATTERN -> ofPattern(point.subject(), point.edge());
            case SAN, WORKLOADS, PORT, SERVER_NAME, METHOD, PATH, PATH_PREFIX -> "";
        };
    }

    private static String ofId(String id, Edge edge) {
        return switch (edge) {
            case SELF -> id;
            case BELOW -> id + "/x";
            case LOOK_ALIKE -> id + "-2";
            case PARENT -> parent(id);
            case SIBLING, STRETCHED, LONGER, OTHER -> "";
        };
    }

    private String ofPrefix(String start, Edge edge) {
        return switch (edge) {
            case SELF -> start;
            case BELOW -> start + rest(start, "/x");
            case LOOK_ALIKE -> start + "-2" + rest(start, "");
            case SIBLING -> sibling(start);
            case PARENT, STRETCHED, LONGER, OTHER -> "";
        };
    }

    private String ofPattern(String pattern, Edge edge) {
        boolean below = pattern.endsWith("/**");
        List<String> names =
                new ArrayList<>(List.of(pattern.substring(SCHEME.length(), pattern.length() - (below ? 3 : 0))
                        .split("/", -1)));
        int star = names.indexOf("*");
        String last = names.getLast();
        switch (edge) {
            case SELF -> {}
            case BELOW -> names.add("x");
            case LOOK_ALIKE -> names.set(names.size() - 1, last + "-2");
            case SIBLING -> names.set(names.size() - 1, last.equals("other") ? "another" : "other");
            case PARENT -> names.removeLast();
            case STRETCHED -> names.add(star + 1, "any");
            case LONGER, OTHER -> {
                return "";
            }
        }
        List<String> like = known.isEmpty()
                ? List.of()
                : List.of(known.getFirst().substring(SCHEME.length()).split("/", -1));
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals("*")) {
                names.set(i, i < like.size() ? like.get(i) : "any");
            }
        }
        boolean needsMore = below && (edge == Edge.LOOK_ALIKE || edge == Edge.SIBLING || edge == Edge.STRETCHED);
        return SCHEME + String.join("/", names) + (needsMore ? "/x" : "");
    }

    private String sibling(String start) {
        String parent = start.substring(0, start.lastIndexOf('/') + 1);
        for (String id : known.tailSet(parent, false)) {
            if (!id.startsWith(parent)) {
                break;
            }
            if (!id.startsWith(start)) {
                return id;
            }
        }
        String own = start.substring(parent.length());
        return parent + ("other".startsWith(own) ? "another" : "other") + rest(start, "");
    }

    /** What follows in a known SPIFFE ID that begins so; else in one beside it. */
    private String rest(String start, String otherwise) {
        String id = known.ceiling(start + "/");
        if (id != null && id.startsWith(start + "/")) {
            return id.substring(start.length());
        }
        String parent = start.substring(0, start.lastIndexOf('/') + 1);
        String beside = known.ceiling(parent);
        if (beside == null || !beside.startsWith(parent)) {
            return otherwise;
        }
        int slash = beside.indexOf('/', parent.length());
        return slash < 0 ? otherwise : beside.substring(slash);
    }

    private static String parent(String id) {
        return id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }
}
