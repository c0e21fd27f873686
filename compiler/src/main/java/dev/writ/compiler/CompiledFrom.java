package dev.writ.compiler;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.syntax.Resource;
import java.util.List;

/** What a compilation was made of, so that it can be tried with something more and nothing is read again. */
public record CompiledFrom(List<Resource> resources, ModelOptions options) {
    public CompiledFrom {
        resources = List.copyOf(resources);
    }
}
