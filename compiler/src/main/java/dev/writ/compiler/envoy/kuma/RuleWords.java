package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One rule, or SAN, of a {@link KumaSnapshotDifference} in words.
 *
 * @param name of the permission, as the config says it (a KRI); null where the rule does not say
 * @param text for example {@code allow: principal starts with "spiffe://a/ns/b/"}
 * @param values the SPIFFE IDs, prefixes and server names in it
 */
public record RuleWords(@Nullable String name, String text, List<String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RuleWords {
        values = List.copyOf(values);
    }

    /** @param json as a difference has it; nothing if it is no rule and no SAN */
    public static Optional<RuleWords> of(String json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        String text = tree.has("onMatch") ? action(tree) + ": " + predicate(tree.path("predicate"), values) : "";
        if (tree.has("sanType")) {
            text = "a caller's " + tree.path("sanType").asText() + " SAN " + matcher(tree.path("matcher"), values);
        } else if (!tree.has("onMatch")) {
            text = principal(tree, values);
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String name = tree.at("/onMatch/action/typedConfig/name").asText();
        return Optional.of(new RuleWords(name.isEmpty() ? null : name, text, values));
    }

    private static String action(JsonNode rule) {
        return rule.at("/onMatch/action/typedConfig/action").asText("ALLOW").toLowerCase(Locale.ROOT);
    }

    private static String predicate(JsonNode node, List<String> values) {
        if (node.has("orMatcher")) {
            return joined(node.at("/orMatcher/predicate"), " or ", values);
        }
        if (node.has("andMatcher")) {
            return joined(node.at("/andMatcher/predicate"), " and ", values);
        }
        if (node.has("notMatcher")) {
            return "not " + predicate(node.path("notMatcher"), values);
        }
        JsonNode single = node.path("singlePredicate");
        if (single.isMissingNode()) {
            return "no condition";
        }
        String input = single.at("/input/typedConfig/@type").asText();
        String what = input.endsWith("UriSanInput") ? "principal " : input.endsWith("ServerNameInput") ? "SNI " : "it ";
        return what + matcher(single.path("valueMatch"), values);
    }

    private static String joined(JsonNode parts, String word, List<String> values) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(predicate(part, values)));
        return texts.stream().collect(Collectors.joining(word));
    }

    private static String matcher(JsonNode matcher, List<String> values) {
        boolean prefix = matcher.has("prefix");
        if (!prefix && !matcher.has("exact")) {
            return "matches " + matcher;
        }
        String value = matcher.path(prefix ? "prefix" : "exact").asText();
        values.add(value);
        return (prefix ? "starts with \"" : "is \"") + value + '"';
    }

    /** Of the classic rules; empty for what is none. */
    private static String principal(JsonNode node, List<String> values) {
        if (node.path("any").asBoolean()) {
            return "every caller";
        }
        JsonNode name = node.at("/authenticated/principalName");
        if (!name.isMissingNode()) {
            return "a SAN " + matcher(name, values);
        }
        if (node.has("notId")) {
            return "not (" + principal(node.path("notId"), values) + ")";
        }
        JsonNode all = node.at("/andIds/ids");
        JsonNode parts = all.isMissingNode() ? node.at("/orIds/ids") : all;
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(principal(part, values)));
        return String.join(all.isMissingNode() ? " or " : " and ", texts);
    }
}
