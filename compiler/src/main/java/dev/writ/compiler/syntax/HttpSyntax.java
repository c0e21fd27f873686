package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Writ's {@code to GET, HEAD "/api/**"} asks of a call.
 *
 * @param methods empty: any
 * @param path null: any
 */
public record HttpSyntax(List<String> methods, @Nullable PathSyntax path) {
    public HttpSyntax {
        methods = List.copyOf(methods);
    }

    /**
     * The path of a URL.
     *
     * @param paths one of these: a pattern with alternatives, {@code /api/{v1,v2}}, is several
     * @param below whether whatever is below them is meant, in place of them
     */
    public record PathSyntax(List<String> paths, boolean below, SourceText text) {
        public PathSyntax {
            paths = List.copyOf(paths);
        }
    }
}
