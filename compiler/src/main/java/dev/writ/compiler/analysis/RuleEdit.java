package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a rule; both are null where it stands as before and only decides other calls.
 *
 * @param before null for one that is new
 * @param after null for one that is gone
 */
public record RuleEdit(@Nullable Rule before, @Nullable Rule after) {
    static final RuleEdit NONE = new RuleEdit(null, null);
}
