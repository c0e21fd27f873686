package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The callers of a rule as a set. */
final class PrincipalDiagram {
    private final Diagram diagram;
    private final CallerSets sets;
    private final Certificates certificates;
    private final Merge both;
    private final Merge either;

    PrincipalDiagram(Diagram diagram, Callers callers, Certificates certificates) {
        this.diagram = diagram;
        this.sets = new CallerSets(diagram, callers);
        this.certificates = certificates;
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
    }

    Node of(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> diagram.leaf(true);
            case Principal.Exact exact -> sets.exact(exact.value());
            case Principal.Prefix prefix -> sets.prefix(prefix.value());
            case Segments segments -> sets.segments(whole(segments), segments.below());
            case Principal.SanEquals san ->
                switch (certificates) {
                    case ONE_URI_SAN -> sets.exact(san.value());
                    case ANY_URI_SANS -> diagram.fact(new Certificates.SanIs(san.value()));
                };
            case Principal.AnyOf any ->
                either.all(any.members().stream().map(this::of).toList(), diagram.leaf(false));
            case Principal.AllOf all ->
                both.all(all.members().stream().map(this::of).toList(), diagram.leaf(true));
            case Principal.Not not -> Relabel.not(diagram, of(not.member()));
        };
    }

    /** With the two segments that the scheme is. */
    static List<Optional<String>> whole(Segments segments) {
        List<Optional<String>> whole = new ArrayList<>(List.of(Optional.of("spiffe:"), Optional.of("")));
        whole.addAll(segments.segments());
        return whole;
    }
}
