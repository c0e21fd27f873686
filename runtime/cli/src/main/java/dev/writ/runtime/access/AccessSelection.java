package dev.writ.runtime.access;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The callers and callees that somebody asks about, by their words: a workload's name, {@code name:port}, or a SPIFFE ID. A caller may
 * have an ID that no workload has, a callee may not.
 */
public final class AccessSelection {
    private static final Pattern WITH_PORT = Pattern.compile("(.*):(\\d{1,5})");
    private static final String SCHEME = "://";

    private final MeshAccess access;
    private final CallResolver resolver;
    private final DiagnosticSink sink;

    /** @param sink is told of words that mean nobody */
    public AccessSelection(MeshAccess access, DiagnosticSink sink) {
        this.access = access;
        this.resolver = new CallResolver(access.model());
        this.sink = sink;
    }

    /** All callers if there are no words. */
    public List<CallingWorkload> callers(List<String> words) {
        if (words.isEmpty()) {
            return access.callers();
        }
        List<CallingWorkload> callers = new ArrayList<>();
        words.forEach(word -> callers.addAll(caller(word)));
        return callers;
    }

    private List<CallingWorkload> caller(String word) {
        if (!word.contains(SCHEME)) {
            Matcher port = WITH_PORT.matcher(word);
            return workload(port.matches() ? port.group(1) : word)
                    .map(workload -> List.of(CallingWorkload.of(workload, resolver)))
                    .orElse(List.of());
        }
        List<CallingWorkload> known = access.callers().stream()
                .filter(caller -> word.equals(caller.spiffeId()))
                .toList();
        return known.isEmpty() ? List.of(new CallingWorkload(null, new Caller.Certificate(List.of(word)))) : known;
    }

    /** All inbounds if there are no words. */
    public List<CalledInbound> inbounds(List<String> words) {
        if (words.isEmpty()) {
            return access.inbounds();
        }
        Set<CalledInbound> inbounds = new LinkedHashSet<>();
        words.forEach(word -> inbounds.addAll(inbound(word)));
        return List.copyOf(inbounds);
    }

    private List<CalledInbound> inbound(String word) {
        if (word.contains(SCHEME)) {
            Set<Object> named = new LinkedHashSet<>();
            access.callers().stream()
                    .filter(caller -> word.equals(caller.spiffeId()))
                    .forEach(caller -> Optional.ofNullable(caller.workload()).ifPresent(one -> named.add(one.key())));
            if (named.isEmpty()) {
                sink.add(
                        DiagnosticId.WORKLOAD_UNKNOWN,
                        null,
                        "no workload has the SPIFFE ID `" + word + "`",
                        NearName.help(word, access.inventory().ids()).orElse("`writ ids` shows those that there are"));
            }
            return access.inbounds().stream()
                    .filter(inbound -> named.contains(inbound.key()))
                    .toList();
        }
        Matcher port = WITH_PORT.matcher(word);
        if (port.matches()) {
            return resolver.callee(word, null, null, sink)
                    .map(callee -> access.inbounds().stream()
                            .filter(inbound -> inbound.key()
                                            .equals(callee.workload().key())
                                    && inbound.port() == callee.inbound().port())
                            .toList())
                    .orElse(List.of());
        }
        return workload(word)
                .map(workload -> access.inbounds().stream()
                        .filter(inbound -> inbound.key().equals(workload.key()))
                        .toList())
                .orElse(List.of());
    }

    private Optional<Workload> workload(String name) {
        return resolver.workload(name, null, sink);
    }
}
