package dev.writ.runtime.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the matrix shows, as JSON that may stand in a page: callers and callees with their namespaces, and for each group of callees the
 * callers in runs that fare alike.
 */
final class MatrixData {
    private final AccessWords words;
    private final CallerRows rows;
    private final List<CallingWorkload> callers;
    private final List<CalledInbound> inbounds;
    private final LinkedHashMap<Cell, Integer> cells = new LinkedHashMap<>();

    private record Cell(String word, String rule, String place, String request) {}

    MatrixData(MeshAccess access, List<CallingWorkload> callers, List<CalledInbound> inbounds) {
        this.words = new AccessWords(access);
        this.callers = callers.stream()
                .sorted(Comparator.comparing(CallingWorkload::namespace).thenComparing(CallingWorkload::name))
                .toList();
        this.rows = new CallerRows(access, this.callers);
        this.inbounds = inbounds.stream()
                .sorted(Comparator.comparing(MatrixData::namespace).thenComparing(CalledInbound::name))
                .toList();
    }

    private static String namespace(CalledInbound inbound) {
        return Objects.requireNonNullElse(inbound.key().namespace(), "");
    }

    /** Without a character that could end the element it stands in. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("callers");
            for (CallingWorkload caller : callers) {
                String name = caller.workload() == null
                        ? caller.name()
                        : caller.workload().key().name();
                row(json, caller.namespace(), name, 0, Objects.requireNonNullElse(caller.spiffeId(), ""));
            }
            json.writeEndArray();
            IdentityHashMap<AccessGroup, CalledInbound> first = new IdentityHashMap<>();
            IdentityHashMap<AccessGroup, Integer> groups = new IdentityHashMap<>();
            json.writeArrayFieldStart("callees");
            for (CalledInbound inbound : inbounds) {
                first.putIfAbsent(inbound.group(), inbound);
                groups.putIfAbsent(inbound.group(), groups.size());
                int group = Objects.requireNonNull(groups.get(inbound.group()));
                row(json, namespace(inbound), inbound.key().name() + ":" + inbound.port(), group, "");
            }
            json.writeEndArray();
            json.writeArrayFieldStart("groups");
            for (CalledInbound inbound : first.values().stream()
                    .sorted(Comparator.comparing(one -> Objects.requireNonNull(groups.get(one.group()))))
                    .toList()) {
                group(json, inbound);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cells");
            for (Cell cell : cells.keySet()) {
                json.writeStartObject();
                json.writeStringField("word", cell.word());
                json.writeStringField("rule", cell.rule());
                json.writeStringField("place", cell.place());
                json.writeStringField("request", cell.request());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static void row(JsonGenerator json, String namespace, String name, int group, String id)
            throws IOException {
        json.writeStartArray();
        json.writeString(namespace);
        json.writeString(name);
        json.writeNumber(group);
        json.writeString(id);
        json.writeEndArray();
    }

    private void group(JsonGenerator json, CalledInbound inbound) throws IOException {
        json.writeStartObject();
        json.writeStringField("transport", inbound.group().transport().name().toLowerCase(Locale.ROOT));
        json.writeStringField("open", AccessWords.openness(inbound.group()));
        json.writeArrayFieldStart("also");
        for (AccessWords.Also also : words.also(inbound.group())) {
            json.writeString(also.words());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
        int[] cellOf = cells(inbound);
        int from = 0;
        while (from < callers.size()) {
            int cell = cellOf[from];
            int to = from + 1;
            while (to < callers.size() && cellOf[to] == cell) {
                to++;
            }
            json.writeNumber(from);
            json.writeNumber(to);
            json.writeNumber(cell);
            from = to;
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Of each caller the number of its cell. */
    private int[] cells(CalledInbound to) {
        int[] cellOf = new int[callers.size()];
        for (CallerRows.Row row : rows.of(to)) {
            int cell = cell(row.access());
            row.callers().forEach(caller -> cellOf[caller] = cell);
        }
        return cellOf;
    }

    private int cell(Access one) {
        String word = AccessWords.word(one).toString();
        Cell cell = switch (one) {
            case Access.Unknown unknown -> new Cell(word, unknown.reason(), "", "");
            case Access.Known known ->
                new Cell(
                        word,
                        words.rules(known.answer()),
                        AccessWords.place(AccessWords.decided(known.answer())),
                        AccessWords.request(known.answer()));
        };
        cells.putIfAbsent(cell, cells.size());
        return Objects.requireNonNull(cells.get(cell));
    }
}
