package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Inventory.Range;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which of some numbered ranges is the first that holds a place, for all places: it changes in steps. */
final class Steps {
    /** Where no range is. */
    static final int NONE = Integer.MAX_VALUE;

    /** Those that begin first, the longer of them before the shorter ones in it. */
    private static final Comparator<Numbered> OUTER_FIRST = Comparator.comparingInt(
                    (Numbered one) -> one.range().from())
            .thenComparingInt(one -> -one.range().to());

    private int[] places = new int[16];
    private int[] numbers = new int[16];
    private int size;

    /** A range, and the number of what it is for; the least number counts. */
    record Numbered(Range range, int number) {}

    private Steps() {}

    /** @param ranges none empty, any two of them disjoint or one within the other, as exact texts and prefixes are */
    static Steps of(List<Numbered> ranges) {
        Steps steps = new Steps();
        steps.add(0, NONE);
        Numbered[] sorted = ranges.toArray(new Numbered[0]);
        Arrays.sort(sorted, OUTER_FIRST);
        // Those around the place that is looked at: where each ends, and what counts within it.
        int[] ends = new int[sorted.length + 1];
        int[] least = new int[sorted.length + 1];
        ends[0] = Integer.MAX_VALUE;
        least[0] = NONE;
        int open = 0;
        for (Numbered one : sorted) {
            for (; ends[open] <= one.range().from(); open--) {
                steps.add(ends[open], least[open - 1]);
            }
            ends[open + 1] = one.range().to();
            least[open + 1] = Math.min(one.number(), least[open]);
            open++;
            steps.add(one.range().from(), least[open]);
        }
        for (; open > 0; open--) {
            steps.add(ends[open], least[open - 1]);
        }
        return steps;
    }

    private void add(int place, int number) {
        if (size > 0 && places[size - 1] == place) {
            size--;
        }
        if (size > 0 && numbers[size - 1] == number) {
            return;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        places[size] = place;
        numbers[size++] = number;
    }

    /** Goes along the steps. */
    final class Walk {
        private int at;

        /** What counts here. */
        int number() {
            return numbers[at];
        }

        /** Where something else will; past all places if nothing does. */
        int end() {
            return at + 1 == size ? Integer.MAX_VALUE : places[at + 1];
        }

        /** Goes on where something else counts from this place on. */
        void reach(int place) {
            if (end() == place) {
                at++;
            }
        }
    }

    Walk walk() {
        return new Walk();
    }
}
