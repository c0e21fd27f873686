package dev.writ.runtime.judge;

import dev.writ.compiler.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * A verdict of the model, with its why.
 *
 * @param origin the deciding rule in its source; null where none decided (TLS, guard, default, unknown)
 */
public record ModelVerdict(Verdict verdict, @Nullable SourceSpan origin, Trace trace) {
    static ModelVerdict without(Verdict verdict) {
        return new ModelVerdict(verdict, null, Trace.NONE);
    }
}
