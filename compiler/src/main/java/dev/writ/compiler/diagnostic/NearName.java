package dev.writ.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a user probably meant. */
public final class NearName {
    private NearName() {}

    /**
     * The candidate with the least edit distance (a swap of neighbours counts one, case counts nothing), if it is near
     * enough to suggest: at most a third of the length, and at least 1.
     */
    public static Optional<String> of(String wrong, Collection<String> candidates) {
        int cap = Math.max(1, wrong.length() / 3);
        String best = null;
        int least = cap + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wrong.length()) > cap) {
                continue;
            }
            int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least && !candidate.equals(wrong)) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** As help text: {@code did you mean `x`?}. */
    public static Optional<String> help(String wrong, Collection<String> candidates) {
        return of(wrong, candidates).map(near -> "did you mean `" + near + "`?");
    }

    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
