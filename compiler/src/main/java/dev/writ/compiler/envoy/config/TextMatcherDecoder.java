package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/** Decodes string matchers, Envoy's own and the same of the matcher API. */
final class TextMatcherDecoder {
    private final Decoding decoding;

    TextMatcherDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    TextMatcher decode(StringMatcher matcher, String place) {
        boolean ignoreCase = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> new TextMatcher.Exact(matcher.getExact(), ignoreCase);
            case PREFIX -> new TextMatcher.StartsWith(notEmpty(matcher.getPrefix(), place), ignoreCase);
            case SUFFIX -> new TextMatcher.EndsWith(notEmpty(matcher.getSuffix(), place), ignoreCase);
            case CONTAINS -> new TextMatcher.Contains(notEmpty(matcher.getContains(), place), ignoreCase);
            case SAFE_REGEX -> regex(matcher.getSafeRegex().getRegex(), ignoreCase, place);
            case CUSTOM -> new Unmodelled("a custom string matcher is not modelled");
            case MATCHPATTERN_NOT_SET -> decoding.refuse(place, "a string matcher without a pattern");
        };
    }

    TextMatcher decode(com.github.xds.type.matcher.v3.StringMatcher matcher, String place) {
        boolean ignoreCase = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> new TextMatcher.Exact(matcher.getExact(), ignoreCase);
            case PREFIX -> new TextMatcher.StartsWith(notEmpty(matcher.getPrefix(), place), ignoreCase);
            case SUFFIX -> new TextMatcher.EndsWith(notEmpty(matcher.getSuffix(), place), ignoreCase);
            case CONTAINS -> new TextMatcher.Contains(notEmpty(matcher.getContains(), place), ignoreCase);
            case SAFE_REGEX ->
                matcher.getSafeRegex().hasGoogleRe2()
                        ? regex(matcher.getSafeRegex().getRegex(), ignoreCase, place)
                        : decoding.refuse(place, "a regular expression without `google_re2`");
            case CUSTOM -> new Unmodelled("a custom string matcher is not modelled");
            case MATCHPATTERN_NOT_SET -> decoding.refuse(place, "a string matcher without a pattern");
        };
    }

    private String notEmpty(String text, String place) {
        if (text.isEmpty()) {
            decoding.refuse(place, "an empty prefix, suffix or infix");
        }
        return text;
    }

    private TextMatcher regex(String regex, boolean ignoreCase, String place) {
        if (ignoreCase) {
            return decoding.refuse(place, "`ignore_case` has no effect on a regular expression");
        }
        if (regex.isEmpty()) {
            return decoding.refuse(place, "an empty regular expression");
        }
        try {
            return new TextMatcher.Regex(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            return decoding.refuse(place, "the regular expression `" + regex + "` is not RE2's: " + e.getMessage());
        }
    }
}
