package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.PolicyLowering;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelBuilder;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.syntax.Resource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy of sources with errors: what can be understood of it, and where that is nothing, what was there before. It is worked
 * out when somebody asks, for the findings of a keystroke do not need it.
 */
final class Understanding {
    private final List<Resource> resources;
    private final @Nullable ModelOptions options;
    private final Understood before;
    private @Nullable Understood known;

    private Understanding(List<Resource> resources, @Nullable ModelOptions options, Understood before) {
        this.resources = resources;
        this.options = options;
        this.before = before;
    }

    /** Of sources without errors. */
    static Understanding of(Understood policy) {
        return new Understanding(List.of(), null, policy);
    }

    static Understanding despiteErrors(List<Resource> resources, ModelOptions options, Understood before) {
        return new Understanding(resources, options, before);
    }

    synchronized Understood get() {
        Understood now = known;
        if (now == null) {
            now = options == null ? before : understand(resources, options).orElse(before);
            known = now;
        }
        return now;
    }

    /** The last that somebody asked for. */
    synchronized Understood last() {
        return known == null ? before : known;
    }

    private static Optional<Understood> understand(List<Resource> resources, ModelOptions options) {
        try {
            MeshModel model = ModelBuilder.build(resources, options.withDeclaredZones(resources), new DiagnosticSink());
            return Optional.of(new Understood(model, PolicyLowering.lower(model)));
        } catch (RuntimeException inconsistent) {
            // The stages rely on what came before being free of errors; an editor takes what it can get.
            return Optional.empty();
        }
    }
}
