package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decodes header matchers, with the forms that Envoy calls deprecated and still takes. */
final class HeaderMatchDecoder {
    private final TextMatcherDecoder texts;

    HeaderMatchDecoder(Decoding decoding) {
        this.texts = new TextMatcherDecoder(decoding);
    }

    List<HeaderMatch> decode(List<HeaderMatcher> matchers, String place) {
        List<HeaderMatch> decoded = new ArrayList<>();
        for (int i = 0; i < matchers.size(); i++) {
            decoded.add(decode(matchers.get(i), place + "[" + i + "]"));
        }
        return decoded;
    }

    HeaderMatch decode(HeaderMatcher matcher, String place) {
        return new HeaderMatch(
                matcher.getName().toLowerCase(Locale.ROOT),
                test(matcher, place),
                matcher.getInvertMatch(),
                matcher.getTreatMissingHeaderAsEmpty());
    }

    @SuppressWarnings("deprecation") // Envoy takes them.
    private HeaderMatch.Test test(HeaderMatcher matcher, String place) {
        return switch (matcher.getHeaderMatchSpecifierCase()) {
            case STRING_MATCH -> text(texts.decode(matcher.getStringMatch(), place + ".string_match"));
            // An empty one asks for any value, unlike that of a `string_match` (found by the fuzzer).
            case EXACT_MATCH ->
                text(
                        matcher.getExactMatch().isEmpty()
                                ? new TextMatcher.StartsWith("", false)
                                : new TextMatcher.Exact(matcher.getExactMatch(), false));
            case PREFIX_MATCH -> text(new TextMatcher.StartsWith(matcher.getPrefixMatch(), false));
            case SUFFIX_MATCH -> text(new TextMatcher.EndsWith(matcher.getSuffixMatch(), false));
            case CONTAINS_MATCH -> text(new TextMatcher.Contains(matcher.getContainsMatch(), false));
            case SAFE_REGEX_MATCH ->
                text(texts.regex(matcher.getSafeRegexMatch().getRegex(), false, place + ".safe_regex_match"));
            case RANGE_MATCH ->
                new HeaderMatch.Test.Range(
                        matcher.getRangeMatch().getStart(),
                        matcher.getRangeMatch().getEnd());
            case PRESENT_MATCH -> new HeaderMatch.Test.Present(matcher.getPresentMatch());
            case HEADERMATCHSPECIFIER_NOT_SET -> new HeaderMatch.Test.Present(true);
        };
    }

    private static HeaderMatch.Test text(TextMatcher matcher) {
        return new HeaderMatch.Test.Text(matcher);
    }
}
