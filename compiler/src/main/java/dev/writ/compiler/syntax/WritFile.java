package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .writ} file as it was read, nothing bound to anything else yet.
 *
 * @param includes the paths of other files that are part of the policy, as written
 * @param mesh the mesh that its declarations belong to; null for the default one
 * @param zones the zones they are for; empty: whichever the run is about
 * @param declarations in the order of the file, without mesh and zone
 */
public record WritFile(
        List<SourceText> includes,
        @Nullable Located<String> mesh,
        List<Located<String>> zones,
        List<Resource> declarations) {
    public WritFile {
        includes = List.copyOf(includes);
        zones = List.copyOf(zones);
        declarations = List.copyOf(declarations);
    }
}
