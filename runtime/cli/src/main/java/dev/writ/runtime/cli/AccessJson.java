package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Answer;
import dev.writ.compiler.analysis.Answer.Extent;
import dev.writ.compiler.analysis.IdPattern;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Reach;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.access.Access;
import dev.writ.runtime.access.AccessOutside;
import dev.writ.runtime.access.AccessWords;
import dev.writ.runtime.access.AccessWords.Word;
import dev.writ.runtime.access.CalledInbound;
import dev.writ.runtime.access.CallerRows;
import dev.writ.runtime.access.CallingWorkload;
import dev.writ.runtime.access.MeshAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who can call whom as {@code access --format json} prints it: the fixed keys of the contract, and more. */
final class AccessJson {
    private final MeshAccess access;
    private final AccessWords words;
    private final List<CallingWorkload> callers;
    private final CallerRows rows;

    AccessJson(MeshAccess access, List<CallingWorkload> callers) {
        this.access = access;
        this.words = new AccessWords(access);
        this.callers = callers;
        this.rows = new CallerRows(access, callers);
    }

    List<Map<String, @Nullable Object>> of(List<CalledInbound> inbounds) {
        return inbounds.stream().map(this::of).toList();
    }

    private Map<String, @Nullable Object> of(CalledInbound to) {
        SortedMap<Integer, Object> allow = new TreeMap<>();
        SortedMap<Integer, Object> deny = new TreeMap<>();
        SortedMap<Integer, Object> unknown = new TreeMap<>();
        for (CallerRows.Row row : rows.ofCalls(to)) {
            switch (row.access()) {
                case Access.Unknown one -> {
                    // Where nothing can be said of the inbound, the row says so once.
                    if (to.group().reach() instanceof Reach.Known) {
                        add(unknown, row, Json.object("reason", one.reason()));
                    }
                }
                case Access.Known one -> {
                    Decided by = AccessWords.decided(one.answer());
                    if (AccessWords.word(one) != Word.DENY) {
                        add(allow, row, allowed(one.answer()));
                    } else if (by != null && by.place() != null) {
                        add(deny, row, rule(one.answer()));
                    }
                }
            }
        }
        List<IdPattern> beyond = words.beyond(to.group());
        List<String> also = new ArrayList<>();
        if (!AccessWords.openness(to.group()).isEmpty()) {
            also.add(AccessWords.openness(to.group()));
        }
        words.also(to.group()).forEach(one -> also.add(one.who()));
        return TargetOption.with(
                Json.object(
                        "to", to.name(),
                        "allow", List.copyOf(allow.values()),
                        "also", also,
                        "deny", List.copyOf(deny.values()),
                        "unknown", List.copyOf(unknown.values()),
                        "transport", to.group().transport().name().toLowerCase(Locale.ROOT),
                        "reason", to.group().reach() instanceof Reach.Unknown one ? one.reason() : null,
                        "beyond", beyond.stream().map(this::beyond).toList(),
                        "outside", outside(to),
                        "mesh", to.key().mesh(),
                        "zone", to.key().zone()),
                access.model().target());
    }

    private void add(SortedMap<Integer, Object> cells, CallerRows.Row row, Map<String, @Nullable Object> more) {
        row.callers().forEach(caller -> cells.put(caller, cell(callers.get(caller), more)));
    }

    private List<String> outside(CalledInbound to) {
        List<String> outside = new ArrayList<>(AccessOutside.of(to.workload()));
        outside.addAll(AccessOutside.of(access.model()));
        return outside;
    }

    private static Map<String, @Nullable Object> cell(CallingWorkload from, Map<String, @Nullable Object> more) {
        Workload workload = from.workload();
        Map<String, @Nullable Object> cell =
                Json.object("workload", workload == null ? null : from.name(), "spiffeId", from.spiffeId());
        cell.putAll(more);
        return cell;
    }

    private Map<String, @Nullable Object> allowed(Answer answer) {
        Map<String, @Nullable Object> allowed = rule(answer);
        Witness request = answer.request();
        allowed.put("shadow", answer.shadowed() == Extent.NONE ? null : "deny");
        allowed.put("requests", answer.allowed() == Extent.ALL ? "all" : "some");
        allowed.put(
                "example",
                request == null
                        ? null
                        : Json.object("method", request.method(), "path", request.path(), "sni", request.serverName()));
        return allowed;
    }

    private Map<String, @Nullable Object> rule(Answer answer) {
        Decided by = AccessWords.decided(answer);
        String rule = by == null ? null : by.rule();
        return Json.object(
                "rule",
                rule == null ? null : words.shortName(rule),
                "location",
                by == null ? null : DiagnosticJson.location(by.place()));
    }

    private Map<String, @Nullable Object> beyond(IdPattern pattern) {
        Map<String, @Nullable Object> beyond = Json.object(
                "pattern", pattern.text(),
                "except", pattern.except().stream().map(IdPattern::words).toList(),
                "foreign", words.isForeign(pattern),
                "givenBy", words.givers(pattern));
        beyond.putAll(allowed(pattern.answer()));
        return beyond;
    }
}
