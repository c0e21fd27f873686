package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Reach;
import dev.writ.runtime.access.Access;
import dev.writ.runtime.access.AccessGroup;
import dev.writ.runtime.access.AccessWords;
import dev.writ.runtime.access.AccessWords.Word;
import dev.writ.runtime.access.CalledInbound;
import dev.writ.runtime.access.CallerRows;
import dev.writ.runtime.access.CallingWorkload;
import dev.writ.runtime.access.MeshAccess;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who can call whom, for people: callees that fare alike under one heading, or, when it is turned, callers. */
final class AccessText {
    private final MeshAccess access;
    private final AccessWords words;
    private final List<CallingWorkload> callers;
    private final List<CalledInbound> inbounds;
    private final NamedWorkloads names;
    private final CallerRows rows;
    /** Each once, by what they are called. */
    private final List<CallingWorkload> named;

    private final int[] nameOf;
    private final IdentityHashMap<AccessGroup, String> bodies = new IdentityHashMap<>();

    AccessText(MeshAccess access, List<CallingWorkload> callers, List<CalledInbound> inbounds) {
        this.access = access;
        this.words = new AccessWords(access);
        this.callers = callers;
        this.inbounds = inbounds;
        this.names = new NamedWorkloads(access);
        this.rows = new CallerRows(access, callers);
        SortedMap<String, CallingWorkload> byName = new TreeMap<>();
        callers.forEach(caller -> byName.putIfAbsent(names.of(caller), caller));
        this.named = List.copyOf(byName.values());
        Map<String, Integer> numbers = new HashMap<>();
        byName.keySet().forEach(name -> numbers.put(name, numbers.size()));
        this.nameOf = callers.stream()
                .mapToInt(caller -> Objects.requireNonNull(numbers.get(names.of(caller))))
                .toArray();
    }

    /** One line of a body: the verdict and what decides, and whom it is about. */
    private record Line(Word word, String rule) implements Comparable<Line> {
        private static final Comparator<Line> ORDER =
                Comparator.comparing(Line::word).thenComparing(Line::rule);

        @Override
        public int compareTo(Line other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * @param isTurned whether callers are the headings
     * @param isWhole whether whoever is refused is shown too
     */
    String render(boolean isTurned, boolean isWhole) {
        StringBuilder text = new StringBuilder();
        if (isTurned) {
            byCaller().forEach((body, heads) -> text.append(block(heads, "", body)));
        } else {
            byCallee(isWhole).forEach((key, heads) -> text.append(block(heads, key.openness(), key.body())));
        }
        return text.append(AccessClosing.of(access, callers, inbounds)).toString();
    }

    private record Key(AccessGroup.Transport transport, String openness, String body) {}

    /** How callers come in decides what is told first. */
    private Map<Key, List<String>> byCallee(boolean isWhole) {
        List<CalledInbound> sorted = new ArrayList<>(inbounds);
        sorted.sort(Comparator.comparing(inbound -> inbound.group().transport()));
        Map<Key, List<String>> blocks = new LinkedHashMap<>();
        for (CalledInbound inbound : sorted) {
            AccessGroup group = inbound.group();
            String body = bodies.computeIfAbsent(group, one -> body(inbound, isWhole));
            blocks.computeIfAbsent(
                            new Key(group.transport(), AccessWords.openness(group), body), key -> new ArrayList<>())
                    .add(names.of(inbound));
        }
        return blocks;
    }

    private String body(CalledInbound to, boolean isWhole) {
        if (to.group().reach() instanceof Reach.Unknown unknown) {
            return TextColumns.line("unknown", "", List.of(unknown.reason()));
        }
        if (to.group().transport() == AccessGroup.Transport.PLAINTEXT) {
            return "";
        }
        Map<Line, BitSet> lines = new TreeMap<>();
        for (CallerRows.Row row : rows.of(to)) {
            if (isWhole || isShown(row.access())) {
                BitSet who = lines.computeIfAbsent(line(row.access()), line -> new BitSet());
                row.callers().forEach(caller -> who.set(nameOf[caller]));
            }
        }
        TextColumns columns = new TextColumns();
        lines.forEach((line, who) ->
                add(columns, line, names.of(who.stream().mapToObj(named::get).toList())));
        words.also(to.group()).forEach(also -> columns.add("also", also.rules(), List.of(also.whole())));
        return columns.text();
    }

    /** Refusals that nobody wrote a rule for are the usual case. */
    private static boolean isShown(Access access) {
        return AccessWords.word(access) != Word.DENY
                || access instanceof Access.Known known
                        && AccessWords.decided(known.answer()) != null
                        && !AccessWords.place(AccessWords.decided(known.answer()))
                                .isEmpty();
    }

    private Line line(Access access) {
        return switch (access) {
            case Access.Unknown unknown -> new Line(Word.UNKNOWN, unknown.reason());
            case Access.Known known -> {
                String request = AccessWords.request(known.answer());
                yield new Line(
                        AccessWords.word(access),
                        words.rules(known.answer()) + (request.isEmpty() ? "" : ", e.g. " + request));
            }
        };
    }

    /** A reason is a sentence, and stands below the names. */
    private static void add(TextColumns columns, Line line, List<String> whom) {
        boolean isUnknown = line.word() == Word.UNKNOWN;
        columns.add(line.word().toString(), isUnknown ? "" : line.rule(), whom);
        if (isUnknown) {
            columns.add("", "", List.of(line.rule()));
        }
    }

    private Map<String, List<String>> byCaller() {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        for (CallingWorkload from : callers) {
            blocks.computeIfAbsent(body(from), body -> new ArrayList<>()).add(names.of(from));
        }
        return blocks;
    }

    private String body(CallingWorkload from) {
        Map<Line, Set<String>> lines = new TreeMap<>();
        for (CalledInbound to : inbounds) {
            boolean isOpen = to.group().transport() == AccessGroup.Transport.PLAINTEXT;
            Line line = isOpen ? new Line(Word.ALLOW, "plaintext, no rule is asked") : line(access.of(from, to));
            lines.computeIfAbsent(line, key -> new LinkedHashSet<>()).add(names.of(to));
        }
        TextColumns columns = new TextColumns();
        lines.forEach((line, whom) -> add(columns, line, List.copyOf(whom)));
        return columns.text();
    }

    private static String block(List<String> heads, String openness, String body) {
        String heading = TextColumns.wrapped(heads, 0);
        String shown = body.isEmpty() && openness.isEmpty() ? "  nobody\n" : body;
        return heading + (openness.isEmpty() ? "" : "  " + openness + "\n") + shown + "\n";
    }
}
