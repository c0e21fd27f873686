package dev.writ.runtime.lsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents that are open, by their names. */
final class Buffers {
    private final Map<String, Buffer> byName = new LinkedHashMap<>();

    synchronized void put(Buffer buffer) {
        byName.put(buffer.file().name(), buffer);
    }

    synchronized void remove(String uri) {
        byName.remove(Uris.name(uri));
    }

    synchronized Optional<Buffer> of(String uri) {
        return named(Uris.name(uri));
    }

    synchronized Optional<Buffer> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized List<Buffer> all() {
        return List.copyOf(byName.values());
    }
}
