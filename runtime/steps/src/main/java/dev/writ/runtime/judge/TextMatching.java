package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;

/** Envoy's string matchers. Nothing is normalised; {@code ignore_case} folds ASCII letters only. */
final class TextMatching {
    private TextMatching() {}

    static Truth matches(TextMatcher matcher, String text) {
        return switch (matcher) {
            case TextMatcher.Exact exact ->
                Truth.of(folded(text, exact.ignoreCase()).equals(folded(exact.text(), exact.ignoreCase())));
            case TextMatcher.StartsWith prefix ->
                Truth.of(folded(text, prefix.ignoreCase()).startsWith(folded(prefix.text(), prefix.ignoreCase())));
            case TextMatcher.EndsWith suffix ->
                Truth.of(folded(text, suffix.ignoreCase()).endsWith(folded(suffix.text(), suffix.ignoreCase())));
            case TextMatcher.Contains infix ->
                Truth.of(folded(text, infix.ignoreCase()).contains(folded(infix.text(), infix.ignoreCase())));
            case TextMatcher.Regex regex -> Truth.of(regex.pattern().matches(text));
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
    }

    private static String folded(String text, boolean ignoreCase) {
        if (!ignoreCase) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return folded.toString();
    }
}
