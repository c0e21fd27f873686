package dev.writ.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.ir.FromMerge.Entry;
import dev.writ.compiler.ir.FromMerge.Merged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The merge of {@code from} against Kuma's: the groups of clients, what each gets, from which policies, in which order. */
class FromRulesConformanceTest {
    private record Placed(String policy, JsonNode item) {}

    private record Shown(List<String> clients, JsonNode conf, List<String> policies) {}

    @Test
    void fromEntriesMergeAsKumaMergesThem() throws IOException {
        ConformanceArea.of("from-rules-legacy-v214").verify(one -> {
            List<Placed> placed = new ArrayList<>();
            for (JsonNode policy : one.yamls("input.yaml")) {
                for (JsonNode item : policy.path("spec").path("from")) {
                    placed.add(new Placed(policy.path("name").asText(), item));
                }
            }
            List<Merged<JsonNode>> rules = new FromMerge<>(FromRulesConformanceTest::over, 1_000)
                    .rules(placed.stream()
                            .map(from -> new Entry<>(
                                    clients(from.item().path("targetRef")),
                                    from.item().path("default")))
                            .toList())
                    .orElseThrow();
            List<Shown> expected = new ArrayList<>();
            one.yaml("rules.golden.yaml")
                    .path("Rules")
                    .path("127.0.0.1:80")
                    .forEach(rule -> expected.add(recorded(rule)));
            assertThat(rules.stream().map(rule -> shown(rule, placed)).toList()).isEqualTo(expected);
        });
    }

    private static TagSubset clients(JsonNode targetRef) {
        Map<String, String> tags = new TreeMap<>();
        targetRef
                .path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        if (targetRef.has("name")) {
            tags.put("kuma.io/service", targetRef.path("name").asText());
        }
        return TagSubset.of(tags);
    }

    /** Settings of a later entry replace those of an earlier one, list by list. */
    private static JsonNode over(JsonNode earlier, JsonNode later) {
        ObjectNode both = earlier.deepCopy();
        return both.setAll((ObjectNode) later.deepCopy());
    }

    private static Shown recorded(JsonNode rule) {
        List<String> tags = new ArrayList<>();
        rule.path("Subset")
                .forEach(tag -> tags.add((tag.path("Not").asBoolean() ? "not " : "")
                        + tag.path("Key").asText() + "=" + tag.path("Value").asText()));
        List<String> origins = new ArrayList<>();
        rule.path("Origin").forEach(origin -> origins.add(origin.path("name").asText()));
        return new Shown(tags, rule.path("Conf"), origins);
    }

    private static Shown shown(Merged<JsonNode> rule, List<Placed> placed) {
        List<String> tags = rule.clients().tags().stream()
                .map(tag -> (tag.not() ? "not " : "") + tag.key() + "=" + tag.value())
                .toList();
        List<String> origins = rule.entries().stream()
                .map(entry -> placed.get(entry).policy())
                .distinct()
                .toList();
        return new Shown(tags, rule.conf(), origins);
    }
}
