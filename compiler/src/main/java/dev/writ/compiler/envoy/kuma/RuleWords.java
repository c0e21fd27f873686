package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Rules and SANs of a {@link KumaSnapshotDifference} in words: one of them, a list, or a whole RBAC filter.
 *
 * @param names of the permissions, as the config says them (KRIs)
 * @param text for example {@code allow: principal starts with "spiffe://a/ns/b/"}; empty for what is neither rule nor SAN
 * @param values the SPIFFE IDs, prefixes and server names in it
 */
public record RuleWords(List<String> names, String text, List<String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RuleWords {
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    /** @param json as a difference has it */
    public static RuleWords of(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return new RuleWords(List.of(), "", List.of());
        }
    }

    static RuleWords of(JsonNode tree) {
        Reading reading = new Reading(new ArrayList<>(), new ArrayList<>());
        String text = reading.words(tree);
        return new RuleWords(reading.names, text, reading.values);
    }

    private record Reading(List<String> names, List<String> values) {

        String words(JsonNode tree) {
            if (tree.isArray()) {
                return joined(tree, "; ", this::words);
            }
            if (tree.path("@type").asText().endsWith(".rbac.v3.RBAC")) {
                return filter(tree);
            }
            if (tree.has("onMatch")) {
                return rule(tree);
            }
            if (tree.has("onNoMatch")) {
                return ordered(tree);
            }
            if (tree.has("sanType")) {
                return "a " + tree.path("sanType").asText() + " SAN that " + matcher(tree.path("matcher"));
            }
            return tree.has("policies") ? policies(tree) : principal(tree);
        }

        private String filter(JsonNode filter) {
            List<String> parts = new ArrayList<>();
            for (String field : List.of("matcher", "rules", "shadowMatcher", "shadowRules")) {
                if (filter.has(field)) {
                    String words =
                            field.endsWith("atcher") ? ordered(filter.path(field)) : policies(filter.path(field));
                    parts.add((field.startsWith("shadow") ? "shadow: " : "") + words);
                }
            }
            return String.join(" | ", parts);
        }

        /** Of a matcher: the first that matches decides. */
        private String ordered(JsonNode matcher) {
            String rules = joined(matcher.at("/matcherList/matchers"), "; ", this::rule);
            return (rules.isEmpty() ? "" : rules + "; else ") + action(matcher.path("onNoMatch"));
        }

        private String rule(JsonNode rule) {
            String name = rule.at("/onMatch/action/typedConfig/name").asText();
            if (!name.isEmpty()) {
                names.add(name);
            }
            return action(rule.path("onMatch")) + ": " + predicate(rule.path("predicate"));
        }

        private static String action(JsonNode on) {
            return on.at("/action/typedConfig/action").asText("ALLOW").toLowerCase(Locale.ROOT);
        }

        private String predicate(JsonNode node) {
            if (node.has("orMatcher")) {
                return joined(node.at("/orMatcher/predicate"), " or ", this::predicate);
            }
            if (node.has("andMatcher")) {
                return joined(node.at("/andMatcher/predicate"), " and ", this::predicate);
            }
            if (node.has("notMatcher")) {
                return "not " + predicate(node.path("notMatcher"));
            }
            JsonNode single = node.path("singlePredicate");
            if (single.isMissingNode()) {
                return "no condition";
            }
            String input = single.at("/input/typedConfig/@type").asText();
            String what =
                    input.endsWith("UriSanInput") ? "principal " : input.endsWith("ServerNameInput") ? "SNI " : "it ";
            return what + matcher(single.path("valueMatch"));
        }

        private String matcher(JsonNode matcher) {
            boolean prefix = matcher.has("prefix");
            if (!prefix && !matcher.has("exact")) {
                return "matches " + matcher;
            }
            String value = matcher.path(prefix ? "prefix" : "exact").asText();
            values.add(value);
            return (prefix ? "starts with \"" : "is \"") + value + '"';
        }

        /** Of the legacy {@code from}: who is among them is let in, or, as a shadow, reported. */
        private String policies(JsonNode rules) {
            String action = rules.path("action").asText("ALLOW").toLowerCase(Locale.ROOT);
            List<String> all = new ArrayList<>();
            for (Map.Entry<String, JsonNode> policy : rules.path("policies").properties()) {
                all.add(joined(policy.getValue().path("principals"), " or ", this::principal));
            }
            return action + ": " + (all.isEmpty() ? "nobody" : String.join(" or ", all));
        }

        /** Empty for what is none. */
        private String principal(JsonNode node) {
            if (node.path("any").asBoolean()) {
                return "every caller";
            }
            JsonNode name = node.at("/authenticated/principalName");
            if (!name.isMissingNode()) {
                return "a SAN that " + matcher(name);
            }
            if (node.has("notId")) {
                return "not (" + principal(node.path("notId")) + ")";
            }
            JsonNode all = node.at("/andIds/ids");
            return all.isMissingNode()
                    ? joined(node.at("/orIds/ids"), " or ", this::principal)
                    : joined(all, " and ", this::principal);
        }

        private static String joined(JsonNode parts, String word, Function<JsonNode, String> words) {
            List<String> texts = new ArrayList<>();
            parts.forEach(part -> texts.add(words.apply(part)));
            return String.join(word, texts);
        }
    }
}
