package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelIndexTest {

    @Test
    void whatTheIndexFindsIsWhatTryingEachSelectorFinds() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Map<String, String>> selectors = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                selectors.add(labels(random, 3));
            }
            Map<String, String> labels = labels(random, 5);
            BitSet expected = new BitSet();
            for (int i = 0; i < selectors.size(); i++) {
                expected.set(i, labels.entrySet().containsAll(selectors.get(i).entrySet()));
            }
            assertThat(new LabelIndex(selectors).matching(labels))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private static Map<String, String> labels(Random random, int most) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            labels.put("k" + random.nextInt(5), "v" + random.nextInt(2));
        }
        return labels;
    }
}
