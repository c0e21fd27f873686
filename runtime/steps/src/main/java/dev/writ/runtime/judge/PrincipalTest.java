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
        return holds(principal, List.of(spiffeId));
    }

    /** The same of a certificate that may hold several URI SANs. */
    public static boolean holds(Principal principal, List<String> uriSans) {
        return test(principal, uriSans).holds();
    }

    static Step test(Principal principal, List<String> uriSans) {
        String caller = String.join(",", uriSans);
        return switch (principal) {
            case Principal.Always always -> Step.plain(true, "every caller");
            case Principal.SanEquals san ->
                Step.plain(uriSans.contains(san.value()), "a URI SAN is \"" + san.value() + "\"");
            case Principal.Exact exact ->
                Step.plain(caller.equals(exact.value()), "principal is \"" + exact.value() + "\"");
            case Principal.Prefix prefix ->
                Step.plain(caller.startsWith(prefix.value()), "principal starts with \"" + prefix.value() + "\"");
            case Principal.Segments segments ->
                Step.plain(fits(segments, caller), "principal fits \"" + pattern(segments) + "\"");
            case Principal.AnyOf any -> {
                List<Step> parts = parts(any.members(), uriSans);
                yield new Step(parts.stream().anyMatch(Step::holds), "any of", parts);
            }
            case Principal.AllOf all -> {
                List<Step> parts = parts(all.members(), uriSans);
                yield new Step(parts.stream().allMatch(Step::holds), "all of", parts);
            }
            case Principal.Not not -> {
                Step part = test(not.member(), uriSans);
                yield new Step(!part.holds(), "not", List.of(part));
            }
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
