package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Principal;
import dev.writ.runtime.judge.Trace.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks whether a caller is in a set of callers: all its URI SANs are one string, but for those principals that look at each.
 */
public final class PrincipalTest {
    private static final String SCHEME = "spiffe://";

    private PrincipalTest() {}

    /** Whether a caller whose certificate holds this SPIFFE ID alone is in the set. */
    public static boolean holds(Principal principal, String spiffeId) {
        return holds(principal, List.of(spiffeId), spiffeId);
    }

    /** The same of a certificate that may hold several URI SANs. */
    public static boolean holds(Principal principal, List<String> uriSans) {
        return holds(principal, uriSans, String.join(",", uriSans));
    }

    /** @param caller all its URI SANs, joined */
    static boolean holds(Principal principal, List<String> uriSans, String caller) {
        return switch (principal) {
            case Principal.Always always -> true;
            case Principal.SanEquals san -> uriSans.contains(san.value());
            case Principal.Exact exact -> caller.equals(exact.value());
            case Principal.Prefix prefix -> caller.startsWith(prefix.value());
            case Principal.Segments segments -> fits(segments, caller);
            case Principal.AnyOf any -> any.members().stream().anyMatch(member -> holds(member, uriSans, caller));
            case Principal.AllOf all -> all.members().stream().allMatch(member -> holds(member, uriSans, caller));
            case Principal.Not not -> !holds(not.member(), uriSans, caller);
        };
    }

    /** The same with its why. */
    static Step test(Principal principal, List<String> uriSans) {
        boolean holds = holds(principal, uriSans, String.join(",", uriSans));
        return switch (principal) {
            case Principal.Always always -> Step.plain(holds, "every caller");
            case Principal.SanEquals san -> Step.plain(holds, "a URI SAN is \"" + san.value() + "\"");
            case Principal.Exact exact -> Step.plain(holds, "principal is \"" + exact.value() + "\"");
            case Principal.Prefix prefix -> Step.plain(holds, "principal starts with \"" + prefix.value() + "\"");
            case Principal.Segments segments -> Step.plain(holds, "principal fits \"" + pattern(segments) + "\"");
            case Principal.AnyOf any -> new Step(holds, "any of", parts(any.members(), uriSans));
            case Principal.AllOf all -> new Step(holds, "all of", parts(all.members(), uriSans));
            case Principal.Not not -> new Step(holds, "not", List.of(test(not.member(), uriSans)));
        };
    }

    private static List<Step> parts(List<Principal> members, List<String> uriSans) {
        return members.stream().map(member -> test(member, uriSans)).toList();
    }

    private static boolean fits(Principal.Segments pattern, String caller) {
        if (!caller.startsWith(SCHEME)) {
            return false;
        }
        List<String> segments = List.of(caller.substring(SCHEME.length()).split("/", -1));
        int given = pattern.segments().size();
        boolean length = pattern.below() ? segments.size() > given : segments.size() == given;
        if (!length || segments.contains("")) {
            return false;
        }
        for (int i = 0; i < given; i++) {
            Optional<String> literal = pattern.segments().get(i);
            if (literal.isPresent() && !literal.get().equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String pattern(Principal.Segments pattern) {
        return pattern.segments().stream()
                .map(segment -> segment.orElse("*"))
                .collect(Collectors.joining("/", SCHEME, pattern.below() ? "/**" : ""));
    }
}
