package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Reach;
import dev.writ.runtime.access.AccessGroup;
import dev.writ.runtime.access.AccessOutside;
import dev.writ.runtime.access.AccessWords;
import dev.writ.runtime.access.AccessWords.Word;
import dev.writ.runtime.access.CalledInbound;
import dev.writ.runtime.access.CallerRows;
import dev.writ.runtime.access.CallingWorkload;
import dev.writ.runtime.access.MeshAccess;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What no verdict is about, how many of which there are, and what they take for granted. */
final class AccessClosing {
    private AccessClosing() {}

    static String of(MeshAccess access, List<CallingWorkload> callers, List<CalledInbound> inbounds) {
        StringBuilder text = new StringBuilder();
        for (String outside : AccessOutside.of(access.model(), inbounds)) {
            text.append(TextColumns.paragraph("outside: " + outside));
        }
        String closing = counts(access, callers, inbounds)
                + assuming(inbounds)
                + TargetOption.closing(access.model().target());
        return text.append(TextColumns.paragraph(closing)).toString();
    }

    private static String counts(MeshAccess access, List<CallingWorkload> callers, List<CalledInbound> inbounds) {
        CallerRows rows = new CallerRows(access, callers);
        IdentityHashMap<AccessGroup, Map<Word, Integer>> byGroup = new IdentityHashMap<>();
        Map<Word, Long> counts = new EnumMap<>(Word.class);
        for (CalledInbound to : inbounds) {
            byGroup.computeIfAbsent(to.group(), group -> {
                        Map<Word, Integer> words = new EnumMap<>(Word.class);
                        rows.ofCalls(to)
                                .forEach(row -> words.merge(
                                        AccessWords.word(row.access()),
                                        row.callers().size(),
                                        Integer::sum));
                        return words;
                    })
                    .forEach((word, count) -> counts.merge(word, (long) count, Long::sum));
        }
        StringBuilder text = new StringBuilder(
                Plural.of(callers.size(), "caller") + ", " + Plural.of(inbounds.size(), "inbound") + ": ");
        text.append(number(counts, Word.ALLOW))
                .append(counts.getOrDefault(Word.ALLOW, 0L) == 1 ? " call allowed" : " calls allowed");
        if (counts.containsKey(Word.SHADOW_DENY)) {
            text.append(", ").append(number(counts, Word.SHADOW_DENY)).append(" allowed and reported");
        }
        if (counts.containsKey(Word.SOME)) {
            text.append(", ").append(number(counts, Word.SOME)).append(" by request");
        }
        text.append(", ").append(number(counts, Word.DENY)).append(" denied");
        if (counts.containsKey(Word.UNKNOWN)) {
            text.append(", ").append(number(counts, Word.UNKNOWN)).append(" unknown");
        }
        return text.toString();
    }

    private static String number(Map<Word, Long> counts, Word word) {
        return String.format(Locale.ROOT, "%,d", counts.getOrDefault(word, 0L));
    }

    private static String assuming(List<CalledInbound> inbounds) {
        SortedSet<String> assumptions = new TreeSet<>();
        inbounds.stream().map(CalledInbound::group).distinct().forEach(group -> {
            if (group.reach() instanceof Reach.Known known) {
                assumptions.addAll(known.assumptions());
            }
        });
        return assumptions.isEmpty() ? "" : "; assuming " + String.join(", ", assumptions);
    }
}
