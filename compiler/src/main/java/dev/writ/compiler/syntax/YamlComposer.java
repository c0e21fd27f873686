package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Builds the nodes of one document. Aliases and merge keys are not followed, so that no document is larger than its
 * text, and duplicate keys are refused: both are what Kubernetes' own strict decoding does not let through unseen.
 */
final class YamlComposer {
    private final SourceText text;
    private final YamlEvents events;
    private final DiagnosticSink sink;
    private final ScalarDecoder decoder;
    private boolean aliased;
    private boolean whole = true;

    YamlComposer(SourceText text, YamlEvents events, DiagnosticSink sink) {
        this.text = text;
        this.events = events;
        this.sink = sink;
        this.decoder = new ScalarDecoder(text);
    }

    /** Whether the node composed says all that the document does; if not, findings say what is missing. */
    boolean isWhole() {
        return whole;
    }

    YamlNode compose() throws UnreadableYaml {
        return node(next(), 1);
    }

    private YamlNode node(Event event, int depth) throws UnreadableYaml {
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            refuseAlias(event, node.getAnchor().get().getValue().length() + 1);
        }
        if (depth > YamlReader.MAX_DEPTH) {
            int at = events.start(event);
            String message = "nested deeper than " + YamlReader.MAX_DEPTH + " levels";
            throw new UnreadableYaml(Diagnostic.of(DiagnosticId.SOURCE_TOO_LARGE, text.span(at, at + 1), message), at);
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent start -> sequence(start, depth);
            case MappingStartEvent start -> mapping(start, depth);
            default -> {
                // An alias: its node is not here, and nothing may be concluded from its absence.
                whole = false;
                int at = events.start(event);
                yield new Scalar(text.slice(at, at, text.span(at, at)), ScalarType.NULL);
            }
        };
    }

    private Scalar scalar(ScalarEvent event) {
        boolean properties = event.getTag().isPresent() || event.getAnchor().isPresent();
        SourceText value = decoder.decode(
                event.getValue(), event.getScalarStyle(), properties, events.start(event), events.end(event));
        return new Scalar(value, type(event, value));
    }

    private ScalarType type(ScalarEvent event, SourceText value) {
        String tag = event.getTag().orElse("");
        if (!tag.isEmpty() && !tag.equals("!") && !tag.startsWith("tag:yaml.org,2002:")) {
            whole = false;
            String message = "the tag `" + tag + "` is not read";
            sink.add(DiagnosticId.SOURCE_SYNTAX, value.span(), message, "leave the tag out");
        }
        boolean text = !event.isPlain() || tag.equals("!") || tag.equals("tag:yaml.org,2002:str");
        return text ? ScalarType.STRING : CoreSchema.typeOf(event.getValue());
    }

    private Sequence sequence(SequenceStartEvent start, int depth) throws UnreadableYaml {
        int from = events.start(start);
        List<YamlNode> items = new ArrayList<>();
        Event event = next();
        while (!(event instanceof CollectionEndEvent)) {
            items.add(node(event, depth + 1));
            event = next();
        }
        return new Sequence(items, span(start.isFlow(), from, event, items));
    }

    private Mapping mapping(MappingStartEvent start, int depth) throws UnreadableYaml {
        int from = events.start(start);
        List<Entry> entries = new ArrayList<>();
        Map<String, Scalar> keys = new HashMap<>();
        Event event = next();
        while (!(event instanceof CollectionEndEvent)) {
            Scalar key = key(event, depth);
            YamlNode value = node(next(), depth + 1);
            if (isNew(key, keys)) {
                entries.add(new Entry(key, value));
            }
            event = next();
        }
        List<YamlNode> values = entries.stream().map(Entry::value).toList();
        return new Mapping(entries, span(start.isFlow(), from, event, values));
    }

    private Scalar key(Event event, int depth) throws UnreadableYaml {
        YamlNode key = node(event, depth + 1);
        if (key instanceof Scalar scalar) {
            return scalar;
        }
        int at = events.start(event);
        throw new UnreadableYaml(
                YamlFault.unquotedTemplate(text, at)
                        .orElseGet(() -> Diagnostic.of(
                                DiagnosticId.SOURCE_SYNTAX, key.span(), "a key that is a list or a mapping")),
                at);
    }

    private boolean isNew(Scalar key, Map<String, Scalar> keys) {
        if (key.value().equals("<<")
                && key.type() == ScalarType.STRING
                && key.span().text().equals("<<")) {
            whole = false;
            sink.add(DiagnosticId.SOURCE_ALIAS, key.span(), "merge keys are not read", "write the fields out");
            return false;
        }
        Scalar first = keys.putIfAbsent(key.value(), key);
        if (first != null) {
            String message = "`" + key.value() + "` stands twice in this mapping";
            sink.add(Diagnostic.of(DiagnosticId.SOURCE_DUPLICATE_KEY, key.span(), message)
                    .withRelated(first.span(), "first here"));
        }
        return first == null;
    }

    /** One finding for a document: a bomb has thousands of them. */
    private void refuseAlias(Event event, int length) {
        if (!aliased) {
            aliased = true;
            int at = events.start(event);
            String name = event instanceof AliasEvent ? "an alias" : "an anchor";
            sink.add(
                    DiagnosticId.SOURCE_ALIAS,
                    text.span(at, Math.min(at + length, text.value().length())),
                    name + ", which is not read",
                    "write the value out at each place");
        }
    }

    /** The parser ends a block collection where the next token starts, lines further down. */
    private SourceSpan span(boolean flow, int from, Event end, List<YamlNode> children) {
        if (flow || children.isEmpty()) {
            return text.span(from, Math.max(from, events.end(end)));
        }
        SourceSpan last = children.getLast().span();
        SourceSpan first = text.span(from, from);
        return new SourceSpan(first.file(), first.start(), Math.max(first.start(), last.end()));
    }

    private Event next() throws UnreadableYaml {
        return events.next().orElseThrow(() -> new IllegalStateException("the parser ended inside a document"));
    }
}
