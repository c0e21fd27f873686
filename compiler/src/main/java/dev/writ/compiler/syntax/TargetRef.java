package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy selects, from the {@code targetRef} at its top. */
public sealed interface TargetRef {

    /** The whole mesh: {@code kind: Mesh}, or no targetRef at all. */
    record WholeMesh() implements TargetRef {}

    /**
     * One workload by the name people call it, {@code namespace/name}: only a feature's permission says so, Kuma's cannot
     * name what a Deployment's pods have in common.
     */
    record OneWorkload(Located<String> name) implements TargetRef {}

    /**
     * What a permission of a {@code .writ} file selects.
     *
     * @param ports of the inbounds it is narrowed to; empty: all
     */
    record Selected(SelectionSyntax selection, List<Located<Integer>> ports) implements TargetRef {
        public Selected {
            ports = List.copyOf(ports);
        }
    }

    /**
     * {@code kind: Dataplane}: by labels (all of them; none means every dataplane), by name and namespace, narrowed to one
     * inbound by {@code sectionName}, its name or its port.
     */
    record Dataplanes(
            Map<String, SourceText> labels,
            @Nullable Located<String> name,
            @Nullable Located<String> namespace,
            @Nullable Located<String> sectionName)
            implements TargetRef {
        public Dataplanes {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }

    /** {@code kind: MeshSubset} (up to 2.14): what has these tags, among them those of one of its inbounds; none: all. */
    record Subset(Map<String, SourceText> tags, @Nullable SourceSpan span) implements TargetRef {
        public Subset {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }

        /** One that stands in no file. */
        public Subset(Map<String, SourceText> tags) {
            this(tags, null);
        }
    }

    /** {@code kind: MeshService} (up to 2.14): what has the tag {@code kuma.io/service} of this name, and these tags (MeshServiceSubset). */
    record Service(
            Located<String> name,
            Map<String, SourceText> tags,
            boolean isSubset,
            @Nullable SourceSpan span) implements TargetRef {
        public Service {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }

        /** One that stands in no file. */
        public Service(Located<String> name, Map<String, SourceText> tags, boolean isSubset) {
            this(name, tags, isSubset, null);
        }
    }
}
