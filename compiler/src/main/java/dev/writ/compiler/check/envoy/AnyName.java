package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;

/**
 * {@code principal_name} tries every URI SAN, then every DNS SAN, then the subject. What does not begin as a SPIFFE ID does may be
 * meant for one of them and found in another.
 */
final class AnyName implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Asked asked : survey.asked()) {
            if (asked.name() == Asked.Name.ANY && !asked.start().contains("://") && asksForPart(asked.matcher())) {
                boolean whole = asked.matcher() instanceof TextMatcher.Exact
                        || asked.matcher() instanceof TextMatcher.StartsWith;
                boolean admits = asked.negated() ? asked.denies() : asked.allows();
                findings.add(
                        DiagnosticId.ENVOY_ANY_NAME,
                        admits && !whole ? Severity.WARNING : Severity.NOTE,
                        asked.place(),
                        "`principal_name` also looks for this in every DNS SAN and in the subject",
                        "name the SPIFFE ID from its `spiffe://` on");
            }
        }
    }

    /** Text in the middle or at the end, which all kinds of names can have; and a regular expression that begins with no text. */
    private static boolean asksForPart(TextMatcher matcher) {
        return switch (matcher) {
            case TextMatcher.EndsWith ends -> true;
            case TextMatcher.Contains contains -> !contains.text().contains("://");
            case TextMatcher.Regex regex -> !regex.pattern().pattern().contains("://");
            case TextMatcher.StartsWith starts -> !starts.text().isEmpty();
            case TextMatcher.Exact exact -> !exact.text().isEmpty();
            case Unmodelled other -> false;
        };
    }
}
