package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's events from a place of a text on, their marks (in code points of that part) as indexes of the whole text. */
final class YamlEvents {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    private final SourceText text;
    private final Iterator<Event> events;
    // Marks come nearly in order, so the next one is counted from the last.
    private int codePoint;
    private int index;

    YamlEvents(SourceText text, int from) {
        this.text = text;
        this.index = from;
        this.codePoint = 0;
        String part = from == 0 ? text.value() : text.value().substring(from);
        this.events = new Parse(SETTINGS).parseString(part).iterator();
    }

    /** The next event, or none at the end of the text. */
    Optional<Event> next() throws UnreadableYaml {
        try {
            return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
        } catch (YamlEngineException e) {
            throw new UnreadableYaml(new YamlFault(text, this).diagnose(e), index(problem(e)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The parser's own slips on absurd escapes and directives.
            throw new UnreadableYaml(new YamlFault(text, this).slipped(index), index);
        }
    }

    private static Optional<Mark> problem(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
    }

    int start(Event event) {
        return index(event.getStartMark());
    }

    int end(Event event) {
        return index(event.getEndMark());
    }

    SourceSpan span(Event event) {
        return text.span(start(event), end(event));
    }

    int index(Optional<Mark> mark) {
        return mark.map(place -> index(place.getIndex())).orElse(index);
    }

    int index(int codePointIndex) {
        int wanted = Math.max(0, codePointIndex);
        String value = text.value();
        if (wanted > codePoint && wanted - codePoint > value.length() - index) {
            return value.length();
        }
        index = value.offsetByCodePoints(index, wanted - codePoint);
        codePoint = wanted;
        return index;
    }
}
