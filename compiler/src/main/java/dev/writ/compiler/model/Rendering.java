package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.util.List;

/** What a template gives in a scope. */
public sealed interface Rendering {

    /** A text, with the pieces it was put together from. */
    record Text(String value, List<Piece> pieces) implements Rendering {
        public Text {
            pieces = List.copyOf(pieces);
        }
    }

    /** What one part of the template gave: the characters {@code start..end} of the text. */
    record Piece(SpiffeTemplate.Part part, int start, int end) {}

    /** Nothing, for each of these reasons: at least one. */
    record Failed(List<Diagnostic> findings) implements Rendering {
        public Failed {
            findings = List.copyOf(findings);
        }
    }
}
