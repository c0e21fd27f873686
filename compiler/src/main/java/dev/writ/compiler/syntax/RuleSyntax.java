package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/**
 * One entry of a permission's {@code rules}: three lists of matches. Lines of Writ rules give one such entry with the
 * matches of each action in the order of the lines; between the lists order has no meaning (deny, shadow-deny, allow).
 */
public record RuleSyntax(
        List<MatchSyntax> deny, List<MatchSyntax> allowWithShadowDeny, List<MatchSyntax> allow, SourceSpan span) {
    public RuleSyntax {
        deny = List.copyOf(deny);
        allowWithShadowDeny = List.copyOf(allowWithShadowDeny);
        allow = List.copyOf(allow);
    }
}
