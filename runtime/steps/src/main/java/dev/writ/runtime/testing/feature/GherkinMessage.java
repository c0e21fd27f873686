package dev.writ.runtime.testing.feature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what Gherkin's parser found wrong in words that people know: its own list the names of its tokens. */
final class GherkinMessage {
    private static final Pattern PLACE = Pattern.compile("^\\(\\d+:\\d+\\): ");
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:unexpected end of file, )?expected: (#.*?)(?:, got '(.*)')?", Pattern.DOTALL);
    private static final Map<String, String> TOKENS = tokens();

    private GherkinMessage() {}

    static String of(String message) {
        String bare = PLACE.matcher(message).replaceFirst("").replace('\n', ' ').trim();
        Matcher unexpected = UNEXPECTED.matcher(bare);
        if (!unexpected.matches()) {
            return bare.isEmpty()
                    ? "not well-formed Gherkin"
                    : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
        }
        List<String> expected = new ArrayList<>();
        for (String token : unexpected.group(1).split(", ", -1)) {
            String name = TOKENS.get(token);
            if (name != null && !expected.contains(name)) {
                expected.add(name);
            }
        }
        String found = unexpected.group(2) == null ? "the end of the file" : "`" + unexpected.group(2) + "`";
        return "expected " + alternatives(expected) + ", found " + found;
    }

    private static String alternatives(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    // What is allowed everywhere (comments, empty lines) says nothing and is left out.
    private static Map<String, String> tokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("#FeatureLine", "`Feature:`");
        tokens.put("#RuleLine", "`Rule:`");
        tokens.put("#BackgroundLine", "`Background:`");
        tokens.put("#ScenarioLine", "`Scenario:`");
        tokens.put("#ExamplesLine", "`Examples:`");
        tokens.put("#StepLine", "a step");
        tokens.put("#TableRow", "a table row");
        tokens.put("#TagLine", "a tag");
        tokens.put("#DocStringSeparator", "the end of the doc string");
        tokens.put("#Other", "text");
        tokens.put("#EOF", "the end of the file");
        return tokens;
    }
}
