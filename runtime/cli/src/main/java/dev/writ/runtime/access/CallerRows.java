package dev.writ.runtime.access;

import dev.writ.compiler.analysis.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of many callers at once: in the order of the inventory those that fare alike stand side by side, so that a row of a
 * matrix is as long as it has ranges, not callers. Of those that the inventory does not have, the ones with the same in their hands
 * are asked about once.
 */
public final class CallerRows {
    private final MeshAccess access;
    private final List<CallingWorkload> callers;
    private final List<Integer> byPlace;
    private final int[] places;
    private final List<List<Integer>> others;

    /** @param callers some, in any order; they go by their numbers in it */
    public CallerRows(MeshAccess access, List<CallingWorkload> callers) {
        this.access = access;
        this.callers = callers;
        int[] placeOf = callers.stream().mapToInt(access::placeOf).toArray();
        this.byPlace = IntStream.range(0, callers.size())
                .filter(number -> placeOf[number] >= 0)
                .boxed()
                .sorted(Comparator.comparingInt(number -> placeOf[number]))
                .toList();
        this.places = byPlace.stream().mapToInt(number -> placeOf[number]).toArray();
        Map<List<@Nullable Object>, List<Integer>> alike = new LinkedHashMap<>();
        for (int number = 0; number < placeOf.length; number++) {
            if (placeOf[number] < 0) {
                CallingWorkload one = callers.get(number);
                List<@Nullable Object> what = Arrays.asList(one.caller(), one.caller() == null ? one.reason() : null);
                alike.computeIfAbsent(what, key -> new ArrayList<>()).add(number);
            }
        }
        this.others = List.copyOf(alike.values());
    }

    /**
     * Some that fare alike.
     *
     * @param callers their numbers, at least one
     */
    public record Row(Access access, List<Integer> callers) {}

    /** All callers, each in one row; as {@link MeshAccess#of}. */
    public List<Row> of(CalledInbound to) {
        return switch (to.group().reach()) {
            case Reach.Unknown unknown -> whole(new Access.Unknown(unknown.reason()));
            case Reach.Known known -> rows(to, known);
        };
    }

    /** As {@link MeshAccess#ofCalls}. */
    public List<Row> ofCalls(CalledInbound to) {
        return to.group().transport() == AccessGroup.Transport.PLAINTEXT
                        && to.group().reach() instanceof Reach.Known known
                ? whole(new Access.Known(known.plaintext()))
                : of(to);
    }

    private List<Row> whole(Access one) {
        return callers.isEmpty()
                ? List.of()
                : List.of(
                        new Row(one, IntStream.range(0, callers.size()).boxed().toList()));
    }

    private List<Row> rows(CalledInbound to, Reach.Known known) {
        List<Row> rows = new ArrayList<>();
        for (Reach.Run run : known.runs()) {
            int from = firstFrom(run.from());
            int end = firstFrom(run.to());
            if (from < end) {
                rows.add(new Row(new Access.Known(run.answer()), byPlace.subList(from, end)));
            }
        }
        others.forEach(some -> rows.add(new Row(access.of(callers.get(some.getFirst()), to), some)));
        return rows;
    }

    /** The first of the placed callers that is at a place or behind it. */
    private int firstFrom(int place) {
        int low = 0;
        int high = places.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places[middle] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
