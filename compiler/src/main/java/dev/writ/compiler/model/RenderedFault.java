package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;

/** Leads from wrong characters in what a template gave back to the part of the template that gave them. */
record RenderedFault(SpiffeTemplate template, Rendering.Text rendered) {

    /** The finding about the characters {@code start..end} of the rendered text. */
    Diagnostic finding(String message, int start, int end, String help) {
        for (Rendering.Piece piece : rendered.pieces()) {
            // An empty segment or trust domain is the fault of the empty value in it.
            boolean isEmptyThere = piece.start() == piece.end() && (piece.start() == start + 1 || end == 0);
            if (isEmptyThere && piece.part() instanceof Action action) {
                Expression expression = action.expression();
                String what = "`" + written(expression) + "` is empty: " + message;
                return Diagnostic.of(DiagnosticId.TEMPLATE_UNRESOLVABLE, expression.span(), what, help);
            }
        }
        for (Rendering.Piece piece : rendered.pieces()) {
            if (piece.start() <= start && start < piece.end()) {
                return switch (piece.part()) {
                    case Literal literal -> {
                        int last = Math.min(end, piece.end()) - piece.start();
                        yield invalid(literal.text().span(start - piece.start(), last), message, help);
                    }
                    case Action action -> {
                        String value = rendered.value().substring(piece.start(), piece.end());
                        Expression expression = action.expression();
                        String what = "`" + written(expression) + "` is `" + value + "`: " + message;
                        yield invalid(expression.span(), what, help);
                    }
                };
            }
        }
        return invalid(template.text().span(), message, help);
    }

    private static Diagnostic invalid(SourceSpan place, String message, String help) {
        return Diagnostic.of(DiagnosticId.SPIFFE_ID_INVALID, place, message, help);
    }

    // A default template stands in no file, its variables have their names all the same.
    private static String written(Expression expression) {
        return expression instanceof Field field
                ? "." + field.name()
                : expression.span().text();
    }
}
