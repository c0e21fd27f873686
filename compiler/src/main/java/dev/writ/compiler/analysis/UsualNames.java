package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Names that a reader takes for real, for each segment of a caller: those that callers there are have, then names that many have. */
final class UsualNames {
    static final UsualNames NONE = of(List.of());

    private static final int MOST = 20;
    private static final List<String> COMMON = List.of("x", "web", "api");

    private final Map<Integer, Set<String>> byPosition = new TreeMap<>();

    private UsualNames() {}

    static UsualNames of(List<String> inventory) {
        UsualNames names = new UsualNames();
        for (String id : inventory) {
            String[] segments = id.split("/", -1);
            for (int i = Callers.TRUST_DOMAIN; i < segments.length; i++) {
                Set<String> known = names.byPosition.computeIfAbsent(i, none -> new LinkedHashSet<>());
                if (known.size() < MOST) {
                    known.add(segments[i]);
                }
            }
        }
        return names;
    }

    /**
     * Names to be tried in an interval, the likeliest first.
     *
     * @param from the least name of the interval: a neighbour of what a rule says is a good example of what it lets in
     */
    Stream<String> at(int position, String from) {
        if (byPosition.isEmpty()) {
            return COMMON.stream();
        }
        List<String> neighbours = new ArrayList<>();
        if (!from.isEmpty()) {
            neighbours.add(from);
            neighbours.add(withoutEnd(from) + "-2");
        }
        Stream<String> beside = neighbours.stream().filter(name -> !name.endsWith(Names.LEAST));
        return Stream.of(byPosition.getOrDefault(position, Set.of()).stream(), beside, COMMON.stream())
                .flatMap(names -> names);
    }

    /** The least name behind another is that one with the least character. */
    private static String withoutEnd(String name) {
        String end = name;
        while (end.endsWith(Names.LEAST) || end.endsWith("\0")) {
            end = end.substring(0, end.length() - 1);
        }
        return end;
    }
}
