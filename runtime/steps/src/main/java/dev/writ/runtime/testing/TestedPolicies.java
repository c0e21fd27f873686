package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The policies of a run, each compiled once: most scenarios declare what the background of their feature does, and no more. */
final class TestedPolicies {
    // The run of a whole JVM may meet thousands, and holds on to those alone that somebody still needs.
    private final Map<DeclaredPolicy, SoftReference<TestedPolicy>> known = new ConcurrentHashMap<>();

    TestedPolicy of(DeclaredPolicy declared) {
        SoftReference<TestedPolicy> before = known.get(declared);
        TestedPolicy policy = before == null ? null : before.get();
        return policy == null ? compileOnce(declared) : policy;
    }

    private TestedPolicy compileOnce(DeclaredPolicy declared) {
        TestedPolicy[] found = new TestedPolicy[1];
        known.compute(declared, (key, before) -> {
            @Nullable TestedPolicy policy = before == null ? null : before.get();
            found[0] = policy == null ? new TestedPolicy(key, key.compile(new DiagnosticSink())) : policy;
            return policy == null || before == null ? new SoftReference<>(found[0]) : before;
        });
        return found[0];
    }
}
