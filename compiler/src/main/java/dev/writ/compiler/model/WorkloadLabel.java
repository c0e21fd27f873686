package dev.writ.compiler.model;

import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;

/** The label {@code kuma.io/workload}: Kuma refuses the connection of a dataplane that lacks it where its identity needs it. */
public final class WorkloadLabel {
    private WorkloadLabel() {}

    /** Whether a path reads it, as {@code .Workload} or with {@code label}. */
    public static boolean isReadBy(SpiffeTemplate path) {
        return path.expressions().anyMatch(WorkloadLabel::isRead);
    }

    private static boolean isRead(Expression expression) {
        return switch (expression) {
            case Field field -> field.name().equals("Workload");
            case Call call ->
                call.function() == Function.LABEL
                        && call.arguments().getFirst() instanceof StringLiteral name
                        && name.value().equals(KumaLabels.WORKLOAD);
            case StringLiteral string -> false;
            case NumberLiteral number -> false;
        };
    }
}
