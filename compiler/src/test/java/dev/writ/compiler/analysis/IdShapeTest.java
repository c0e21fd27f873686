package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whether a template gives an ID, held against regular expressions. */
final class IdShapeTest {
    private static final int PAIRS = 200_000;

    @Test
    void aShapeContainsWhatItsRegularExpressionDoes() {
        Random random = new Random(7);
        int contained = 0;
        for (int i = 0; i < PAIRS; i++) {
            IdShape shape = shape(random);
            SpiffeId id = SpiffeId.of("spiffe://" + names(random, 3)).orElseThrow();
            boolean expected = id.toString().matches(regex(shape));
            assertThat(shape.contains(id)).as("%s in %s", id, shape).isEqualTo(expected);
            contained += expected ? 1 : 0;
        }
        assertThat(contained).isBetween(PAIRS / 100, PAIRS / 2);
    }

    private static IdShape shape(Random random) {
        List<List<Optional<String>>> segments = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<Optional<String>> row = new ArrayList<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                row.add(random.nextBoolean() ? Optional.empty() : Optional.of(name(random)));
            }
            segments.add(row);
        }
        return new IdShape(segments, random.nextBoolean());
    }

    private static String regex(IdShape shape) {
        return shape.segments().stream()
                .map(row -> row.stream()
                        .map(part -> part.map(Pattern::quote).orElse("[^/]*"))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("/", "spiffe://", shape.below() ? "(/.*)?" : ""));
    }

    private static String names(Random random, int most) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            names.add(name(random) + (random.nextBoolean() ? name(random) : ""));
        }
        return String.join("/", names);
    }

    private static String name(Random random) {
        return random.nextBoolean() ? "a" : random.nextBoolean() ? "ab" : "b";
    }
}
