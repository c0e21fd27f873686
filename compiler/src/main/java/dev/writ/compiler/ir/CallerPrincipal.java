package dev.writ.compiler.ir;

import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;

/** The callers of a rule of the model, as rules have them that are lowered. */
public final class CallerPrincipal {
    private CallerPrincipal() {}

    /** Not of the empty match, nor of workloads: a bound mesh has the SPIFFE IDs in their place. */
    public static Principal of(CallerPattern callers) {
        return switch (callers) {
            case AnyCaller any -> new Always();
            // INVARIANT: kept apart before; who has one is not decided by its rules.
            case NoPattern nothing -> throw new IllegalStateException("a match without a condition");
            case ExactId exact -> new Exact(exact.id());
            case IdPrefix prefix -> prefix.prefix().isEmpty() ? new Always() : new Prefix(prefix.prefix());
            case BelowId below -> new Prefix(below.id() + "/");
            case IdSegments segments -> new Principal.Segments(segments.segments(), segments.below());
            // INVARIANT: a mesh has the SPIFFE IDs in its place.
            case OfWorkloads workloads -> throw new IllegalStateException("workloads without their SPIFFE IDs");
        };
    }
}
