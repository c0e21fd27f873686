package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;

/** Where Kuma's control plane finds a secret text ({@code SecureDataSource}); the text is the path, name or value. */
public sealed interface DataSource {
    SourceText text();

    SourceSpan span();

    /** A file of the control plane's host. */
    record File(SourceText text, SourceSpan span) implements DataSource {}

    /** A Secret in the control plane's namespace, or one of Kuma's own in the universal form. */
    record Secret(SourceText text, SourceSpan span) implements DataSource {}

    /** A variable of the control plane's environment. */
    record EnvVar(SourceText text, SourceSpan span) implements DataSource {}

    /**
     * The text itself. {@code inline} and {@code inlineString} of a Mesh backend are read as this one too.
     *
     * @param isCalledInline whether a MeshIdentity's is called {@code Inline}, as its documentation says and Kuma does not
     */
    record Inline(SourceText text, SourceSpan span, boolean isCalledInline) implements DataSource {
        /** One by Kuma's name for it. */
        public Inline(SourceText text, SourceSpan span) {
            this(text, span, false);
        }
    }
}
