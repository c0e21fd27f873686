package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.Part;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a template as Go would in Kuma's control plane: a variable the scope does not have and a label that is missing
 * are errors, a variable without a value is the empty text. All of a template's errors are found, not only the first.
 */
public final class TemplateResolver {
    private final TemplateScope scope;
    private final List<Diagnostic> findings = new ArrayList<>();

    private TemplateResolver(TemplateScope scope) {
        this.scope = scope;
    }

    public static Rendering resolve(SpiffeTemplate template, TemplateScope scope) {
        return new TemplateResolver(scope).resolve(template);
    }

    private Rendering resolve(SpiffeTemplate template) {
        StringBuilder text = new StringBuilder();
        List<Rendering.Piece> pieces = new ArrayList<>();
        for (Part part : template.parts()) {
            int start = text.length();
            text.append(
                    switch (part) {
                        case Literal literal -> literal.value();
                        case Action action -> GoFormat.print(List.of(value(action.expression())));
                    });
            pieces.add(new Rendering.Piece(part, start, text.length()));
        }
        return findings.isEmpty() ? new Rendering.Text(text.toString(), pieces) : new Rendering.Failed(findings);
    }

    // After a finding a value stands in, so that what follows is still looked at.
    private GoValue value(Expression expression) {
        return switch (expression) {
            case Field field -> field(field);
            case StringLiteral string -> new GoValue.Text(string.value());
            case NumberLiteral number -> new GoValue.Whole(number.value());
            case Call call -> new GoValue.Text(call(call));
        };
    }

    private GoValue field(Field field) {
        if (field.name().isEmpty()) {
            return new GoValue.Dot(scope.variables());
        }
        String value = scope.variables().get(field.name());
        if (value != null) {
            return new GoValue.Text(value);
        }
        findings.add(scope.unknownVariable(field));
        return new GoValue.Text("");
    }

    private String call(Call call) {
        int before = findings.size();
        List<GoValue> arguments = (call.function() == SpiffeTemplate.Function.INDEX
                        ? call.arguments().subList(1, call.arguments().size())
                        : call.arguments())
                .stream().map(this::value).toList();
        if (findings.size() > before) {
            return "";
        }
        return switch (call.function()) {
            case LABEL -> label(call, text(arguments.getFirst()));
            // A field of a map of the scope; Go gives the empty text for a key that is not there.
            case INDEX ->
                scope.variables()
                        .getOrDefault(
                                ((Field) call.arguments().getFirst()).name() + "." + text(arguments.getLast()), "");
            case PRINT -> GoFormat.print(arguments);
            case PRINTLN -> GoFormat.println(arguments);
            case PRINTF -> printf(call, arguments);
        };
    }

    private String label(Call call, String name) {
        String value = scope.labels().get(name);
        if (value == null) {
            findings.add(Diagnostic.of(
                    DiagnosticId.TEMPLATE_MISSING_LABEL,
                    call.span(),
                    "there is no label `" + name + "`",
                    NearName.help(name, scope.labels().keySet()).orElse(null)));
            return "";
        }
        return value;
    }

    private String printf(Call call, List<GoValue> arguments) {
        return GoFormat.printf(text(arguments.getFirst()), arguments.subList(1, arguments.size()))
                .orElseGet(() -> {
                    findings.add(Diagnostic.of(
                            DiagnosticId.TEMPLATE_UNRESOLVABLE,
                            call.arguments().getFirst().span(),
                            "a format with `*`, `[n]` or a width over 2,048 is not supported"));
                    return "";
                });
    }

    // The parser let only texts through to where this is asked.
    private static String text(GoValue value) {
        return switch (value) {
            case GoValue.Text text -> text.value();
            case GoValue.Whole whole -> throw new IllegalStateException("a number where a text must be");
            case GoValue.Dot dot -> throw new IllegalStateException("the dot where a text must be");
        };
    }
}
