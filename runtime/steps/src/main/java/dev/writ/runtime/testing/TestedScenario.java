package dev.writ.runtime.testing;

import java.util.Comparator;

/**
 * A scenario that was run.
 *
 * @param file its feature, by the name that its user knows it by
 * @param line where it stands; of an outline's, that of its row in the examples
 */
public record TestedScenario(String name, String file, int line) implements Comparable<TestedScenario> {
    private static final Comparator<TestedScenario> BY_PLACE =
            Comparator.comparing(TestedScenario::file).thenComparing(TestedScenario::line);

    @Override
    public int compareTo(TestedScenario other) {
        return BY_PLACE.thenComparing(TestedScenario::name).compare(this, other);
    }
}
