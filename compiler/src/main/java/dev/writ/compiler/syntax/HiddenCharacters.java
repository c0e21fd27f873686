package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import java.util.Locale;

/**
 * Refuses characters that a reviewer does not see and that make a policy read otherwise than it is: those that turn the direction of
 * a text (CVE-2021-42574), invisible ones, and control characters but tabs and line ends.
 */
public final class HiddenCharacters {
    private HiddenCharacters() {}

    /** Those that turn the direction of a text, in a file whose other invisible characters may be meant: a name in an annotation. */
    public static void refuseTurning(SourceText text, DiagnosticSink sink) {
        String value = text.value();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069') {
                refuse(text, i, sink);
            }
        }
    }

    static void refuse(SourceText text, DiagnosticSink sink) {
        String value = text.value();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t') {
                continue;
            }
            int type = Character.getType(c);
            if (type == Character.FORMAT
                    || type == Character.CONTROL
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                refuse(text, i, sink);
            }
        }
    }

    private static void refuse(SourceText text, int at, DiagnosticSink sink) {
        char c = text.value().charAt(at);
        sink.add(
                DiagnosticId.SOURCE_HIDDEN_CHARACTER,
                text.span(at, at + 1),
                "the hidden character " + String.format(Locale.ROOT, "U+%04X", (int) c) + " ("
                        + String.valueOf(Character.getName(c)).toLowerCase(Locale.ROOT) + ")",
                "take it out: what is read and what is meant must be the same");
    }
}
