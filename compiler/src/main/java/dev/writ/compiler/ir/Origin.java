package dev.writ.compiler.ir;

import dev.writ.compiler.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule comes from.
 *
 * @param name what the emitted config calls it ({@code namespace/permission}, with the reason a Writ rule gives; in Kuma's a KRI);
 *     several rules of a permission share it
 * @param label what people call it: {@code namespace/permission}
 * @param entry the index of the entry in its permission: Kuma's config has one matcher for all matches of an entry and action
 * @param span the match in the source
 */
public record Origin(String name, String label, int entry, SourceSpan span) {
    private static final String BECAUSE = " because ";

    /** One that the config calls what people call it. */
    public Origin(String name, SourceSpan span) {
        this(name, name, 0, span);
    }

    /** The name of a rule in a config, with the reason that its author gave. */
    static String withReason(String name, @Nullable String because) {
        return because == null ? name : name + BECAUSE + because;
    }

    /** What a rule is called without its reason. */
    public static String withoutReason(String name) {
        int because = name.indexOf(BECAUSE);
        return because < 0 ? name : name.substring(0, because);
    }

    /** The reason in a rule's name; empty where its author gave none. */
    public static String reasonIn(String name) {
        int because = name.indexOf(BECAUSE);
        return because < 0 ? "" : name.substring(because + BECAUSE.length());
    }
}
