package dev.writ.runtime.coverage;

import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/**
 * What scenarios tried of a rule as it stands in its source: that it decided, and the boundaries that it draws. Rules that are
 * generated, for each zone, inbound, alternative or workload, are the one that they are generated from.
 *
 * @param permission the shortest name that tells it from others
 * @param decided the calls whose verdict it is, or what the shadow rules report of them
 */
public record CoveredRule(
        SourceSpan place, String permission, Effect effect, Tried decided, List<CoveredPoint> points) {

    /** What a rule does, in the words of {@code .writ}. */
    public enum Effect {
        ALLOW("allow"),
        DENY("deny"),
        SHADOW_DENY("shadow-deny");

        private final String word;

        Effect(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public CoveredRule {
        points = List.copyOf(points);
    }

    /** That it decided is one of them. */
    public int total() {
        return 1 + points.size();
    }

    public int covered() {
        return total() - missing().size() - (decided.never() ? 1 : 0);
    }

    /** The points that nothing tried. */
    public List<CoveredPoint> missing() {
        return points.stream().filter(point -> point.tried().never()).toList();
    }

    public boolean isCovered() {
        return covered() == total();
    }

    /** It in words: {@code deny `legacy`}. */
    public String words() {
        return effect + " `" + permission + "`";
    }
}
