package dev.writ.compiler.envoy.config;

import dev.writ.compiler.source.SourceSpan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where in the sources the places of a config are, as far as it was text. */
public final class Places {
    private record Place(SourceSpan key, SourceSpan value) {}

    private final Map<String, Place> spans = new HashMap<>();

    /** Lets a part be found where the whole that it stands alone for would have it. */
    void repeat(String from, String to) {
        Map<String, Place> below = new HashMap<>(spans);
        below.forEach((place, spans) -> {
            if (place.startsWith(from)) {
                this.spans.putIfAbsent(to + place.substring(from.length()), spans);
            }
        });
    }

    void put(String place, SourceSpan span) {
        spans.putIfAbsent(place, new Place(span, span));
    }

    /** @param key the field's name, which is underlined where the value is too long to be */
    void putKey(String place, SourceSpan key, SourceSpan value) {
        spans.put(place, new Place(key, value));
    }

    /** Whether the place itself is in the text. */
    public boolean isWritten(String place) {
        return spans.containsKey(place);
    }

    /** That of the place, or of the nearest that encloses it. */
    public Optional<SourceSpan> find(String place) {
        String at = place;
        while (true) {
            Place found = spans.get(at);
            if (found != null) {
                return Optional.of(isShort(found.value()) ? found.value() : found.key());
            }
            int end = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
            if (end <= 0) {
                return Optional.empty();
            }
            at = at.substring(0, end);
        }
    }

    private static boolean isShort(SourceSpan span) {
        return span.startPosition().line() == span.endPosition().line();
    }
}
