package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/** Decodes string matchers, Envoy's own and the same of the matcher API. That there is a pattern is one of Envoy's own rules. */
final class TextMatcherDecoder {
    private final Decoding decoding;

    TextMatcherDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    TextMatcher decode(StringMatcher matcher, String place) {
        boolean ignoreCase = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> new TextMatcher.Exact(matcher.getExact(), ignoreCase);
            case PREFIX -> new TextMatcher.StartsWith(matcher.getPrefix(), ignoreCase);
            case SUFFIX -> new TextMatcher.EndsWith(matcher.getSuffix(), ignoreCase);
            case CONTAINS -> new TextMatcher.Contains(matcher.getContains(), ignoreCase);
            case SAFE_REGEX -> regex(matcher.getSafeRegex().getRegex(), ignoreCase, place + ".safe_regex");
            case CUSTOM -> decoding.unmodelled(place, "a custom string matcher is not modelled");
            case MATCHPATTERN_NOT_SET -> decoding.unmodelled(place, "a string matcher without a pattern");
        };
    }

    TextMatcher decode(com.github.xds.type.matcher.v3.StringMatcher matcher, String place) {
        boolean ignoreCase = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> new TextMatcher.Exact(matcher.getExact(), ignoreCase);
            case PREFIX -> new TextMatcher.StartsWith(matcher.getPrefix(), ignoreCase);
            case SUFFIX -> new TextMatcher.EndsWith(matcher.getSuffix(), ignoreCase);
            case CONTAINS -> new TextMatcher.Contains(matcher.getContains(), ignoreCase);
            case SAFE_REGEX -> regex(matcher.getSafeRegex().getRegex(), ignoreCase, place + ".safe_regex");
            case CUSTOM -> decoding.unmodelled(place, "a custom string matcher is not modelled");
            case MATCHPATTERN_NOT_SET -> decoding.unmodelled(place, "a string matcher without a pattern");
        };
    }

    TextMatcher regex(String regex, boolean ignoreCase, String place) {
        if (ignoreCase) {
            return decoding.refuse(
                    place.replaceFirst("\\.safe_regex$", ".ignore_case"),
                    "`ignore_case` has no effect on a regular expression");
        }
        try {
            return new TextMatcher.Regex(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            return decoding.refuse(
                    place + ".regex", "the regular expression `" + regex + "` is not RE2's: " + e.getMessage());
        }
    }
}
