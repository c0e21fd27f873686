package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;

/** A string matcher; {@code ignoreCase} is about ASCII letters. */
public sealed interface TextMatcher
        permits TextMatcher.Exact,
                TextMatcher.StartsWith,
                TextMatcher.EndsWith,
                TextMatcher.Contains,
                TextMatcher.Regex,
                Unmodelled {

    record Exact(String text, boolean ignoreCase) implements TextMatcher {}

    record StartsWith(String text, boolean ignoreCase) implements TextMatcher {}

    record EndsWith(String text, boolean ignoreCase) implements TextMatcher {}

    record Contains(String text, boolean ignoreCase) implements TextMatcher {}

    /** {@code safe_regex}: the whole text must match, by the rules of RE2 (which RE2/J keeps to). */
    record Regex(Pattern pattern) implements TextMatcher {}
}
