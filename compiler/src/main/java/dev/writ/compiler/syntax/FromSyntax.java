package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a legacy permission's {@code from} (Kuma up to 2.14): callers by the tags in their certificates.
 *
 * @param callers {@link TargetRef.WholeMesh}, {@link TargetRef.Subset} or {@link TargetRef.Service}
 * @param action {@code Allow}, {@code Deny} or {@code AllowWithShadowDeny}; null where {@code default} sets none
 */
public record FromSyntax(TargetRef callers, @Nullable Located<String> action, SourceSpan span) {}
