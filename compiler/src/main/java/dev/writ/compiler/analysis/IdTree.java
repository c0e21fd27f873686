package dev.writ.compiler.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sorted SPIFFE IDs by their segments: a place holds those that begin alike, which is a range, so that whatever a diagram says of all
 * strings from here on it says of a range.
 *
 * @param depth how many segments they share
 * @param from the first of them
 * @param to the first after them
 * @param ends whether the first of them has no more segments
 * @param names the next segments, sorted
 * @param below the places of those
 */
record IdTree(int depth, int from, int to, boolean ends, List<String> names, List<IdTree> below) {

    /** @param ids split at their slashes and sorted so */
    static IdTree of(List<String[]> ids) {
        return of(ids, 0, 0, ids.size());
    }

    private static IdTree of(List<String[]> ids, int depth, int from, int to) {
        boolean ends = from < to && ids.get(from).length == depth;
        List<String> names = new ArrayList<>();
        List<IdTree> below = new ArrayList<>();
        int start = ends ? from + 1 : from;
        while (start < to) {
            String name = ids.get(start)[depth];
            int end = start + 1;
            while (end < to && ids.get(end)[depth].equals(name)) {
                end++;
            }
            names.add(name);
            below.add(of(ids, depth + 1, start, end));
            start = end;
        }
        return new IdTree(depth, from, to, ends, names, below);
    }

    /** The first place whose segment is no less than this one. */
    int firstFrom(String segment) {
        int found = Collections.binarySearch(names, segment);
        return found >= 0 ? found : -found - 1;
    }
}
