package dev.writ.runtime.lsp;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.SegmentsMatch;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.runtime.lsp.PolicyFacts.Identified;
import java.util.List;

/** Whether a workload is one of the callers that an entry of a group names, which no permission need name. */
final class MemberTest {
    private MemberTest() {}

    static boolean holds(CallerMatch member, Identified caller) {
        String id = caller.spiffeId();
        return switch (member) {
            case MatchSyntax.ExactMatch exact -> id.equals(exact.pattern().value());
            case MatchSyntax.PrefixMatch prefix ->
                id.startsWith(prefix.pattern().value());
            case MatchSyntax.BelowMatch below -> id.startsWith(below.pattern().value() + "/");
            case SegmentsMatch segments -> holds(segments, id);
            case MatchSyntax.WorkloadsMatch workloads -> isSelected(workloads.selection(), caller);
            case MatchSyntax.AnyoneMatch anyone -> true;
            case MatchSyntax.GroupMatch group -> false;
        };
    }

    private static boolean holds(SegmentsMatch match, String id) {
        List<String> names = List.of(id.substring(SpiffeId.SCHEME.length()).split("/", -1));
        int length = match.segments().size();
        if (match.below() ? names.size() <= length : names.size() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            List<String> any = match.segments().get(i).names();
            if (!any.isEmpty() && !any.contains(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSelected(SelectionSyntax selection, Identified caller) {
        Located<String> name = selection.workload();
        SourceText namespace = selection.namespace();
        return (name == null || name.value().equals(caller.workload().key().shortName()))
                && (namespace == null
                        || namespace.value().equals(caller.workload().key().namespace()))
                && selection.labels().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .value()
                                .equals(caller.workload().labels().get(label.getKey())));
    }
}
