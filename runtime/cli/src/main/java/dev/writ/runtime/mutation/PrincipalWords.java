package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.stream.Collectors;

/** The callers of a rule in words. */
final class PrincipalWords {
    private PrincipalWords() {}

    static String of(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> "every caller";
            case Principal.Exact exact -> "\"" + exact.value() + "\"";
            case Principal.Prefix prefix -> "prefix \"" + prefix.value() + "\"";
            case Principal.SanEquals san -> "\"" + san.value() + "\"";
            case Principal.Segments segments ->
                segments.segments().stream()
                        .map(segment -> segment.orElse("*"))
                        .collect(Collectors.joining("/", "\"" + SpiffeId.SCHEME, segments.below() ? "/**\"" : "\""));
            case Principal.AnyOf any ->
                any.members().stream().map(PrincipalWords::of).collect(Collectors.joining(" or "));
            case Principal.AllOf all ->
                all.members().stream().map(PrincipalWords::of).collect(Collectors.joining(" and "));
            case Principal.Not not -> "not " + of(not.member());
        };
    }
}
