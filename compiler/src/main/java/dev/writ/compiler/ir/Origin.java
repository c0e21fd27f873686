package dev.writ.compiler.ir;

import dev.writ.compiler.source.SourceSpan;

/**
 * Where a rule comes from.
 *
 * @param name what the emitted config calls it ({@code namespace/permission}, in Kuma's a KRI); several rules of a permission
 *     share it
 * @param label what people call it: {@code namespace/permission}
 * @param entry the index of the entry in its permission: Kuma's config has one matcher for all matches of an entry and action
 * @param span the match in the source
 */
public record Origin(String name, String label, int entry, SourceSpan span) {

    /** One that the config calls what people call it. */
    public Origin(String name, SourceSpan span) {
        this(name, name, 0, span);
    }
}
