package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;

/** A node of a YAML or JSON document, each with its place. Anchors, aliases, merge keys and duplicate keys do not get this far. */
public sealed interface YamlNode {
    SourceSpan span();

    /** What a scalar is by YAML 1.2's core schema; a quoted or block scalar is always a string. */
    enum ScalarType {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL
    }

    /** Its span covers the quotes; the text maps each decoded character to its place. */
    record Scalar(SourceText text, ScalarType type) implements YamlNode {
        @Override
        public SourceSpan span() {
            return text.span();
        }

        public String value() {
            return text.value();
        }
    }

    record Sequence(List<YamlNode> items, SourceSpan span) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Entries in the order of the file, keys distinct. */
    record Mapping(List<Entry> entries, SourceSpan span) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Scalar key, YamlNode value) {}
}
