package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/** Tells the templates of a Helm chart from those of a MeshIdentity, which use the same braces. */
final class HelmTemplate {
    static final String ADVICE = "check what it renders to: `helm template … | writ check -`";

    private static final List<String> OBJECTS =
            List.of(".Values", ".Release", ".Chart", ".Capabilities", ".Files", ".Template", "$");
    private static final List<String> WORDS = List.of(
            "include ", "template ", "define ", "toYaml ", "tpl ", "if ", "range ", "with ", "else", "end", "/*");

    private HelmTemplate() {}

    static Diagnostic diagnostic(SourceSpan action) {
        return Diagnostic.of(DiagnosticId.SOURCE_UNRENDERED, action, "a Helm chart that has not been rendered", ADVICE);
    }

    /** Where the first action of a chart between the two places starts; -1 if there is none. */
    static int find(String text, int from, int to) {
        for (int at = text.indexOf("{{", from); at >= 0 && at < to; at = text.indexOf("{{", at + 2)) {
            if (isChartAction(text, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Where the first action stands that names what only a chart has; -1 if there is none. */
    static int findObject(String text) {
        for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 2)) {
            String action = text.substring(at, end(text, at));
            if (action.contains(".Values") || action.contains(".Release") || action.contains(".Chart")) {
                return at;
            }
        }
        return -1;
    }

    /** The end of the action that starts at {@code at}, on its line. */
    static int end(String text, int at) {
        int close = text.indexOf("}}", at);
        int line = text.indexOf('\n', at);
        return close < 0 || line >= 0 && line < close ? at + 2 : close + 2;
    }

    private static boolean isChartAction(String text, int at) {
        int word = at + 2;
        while (word < text.length() && (text.charAt(word) == '-' || text.charAt(word) == ' ')) {
            word++;
        }
        int start = word;
        if (WORDS.stream().anyMatch(name -> text.startsWith(name, start))) {
            return true;
        }
        String action = text.substring(at, end(text, at));
        return OBJECTS.stream().anyMatch(action::contains);
    }
}
