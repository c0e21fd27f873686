package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decides a call by going through the rules from the first to the last. Knows nothing of keys, regions and trees. */
public final class LinearOracle {
    private static final Map<Principal.Segments, Pattern> COMPILED = new ConcurrentHashMap<>();

    private LinearOracle() {}

    /**
     * A call on an inbound.
     *
     * @param sni null for none
     */
    public record Probe(
            String caller,
            String method,
            String path,
            @Nullable String sni) {}

    static Outcome decide(RuleList rules, int port, boolean guard, Probe probe) {
        if (guard && SpiffeId.fault(probe.caller).isPresent()) {
            return new Outcome(Action.DENY, MutualTls.GUARD_NAME);
        }
        for (Rule rule : rules.rules()) {
            if (rule.conditions().stream().allMatch(condition -> holds(condition, port, probe))
                    && contains(rule.principal(), probe.caller)) {
                return new Outcome(rule.action(), rule.origin().name());
            }
        }
        return new Outcome(rules.byDefault(), RuleList.DEFAULT_NAME);
    }

    public static boolean holds(Condition condition, int port, Probe probe) {
        int end = IntStream.of(probe.path.indexOf('?'), probe.path.indexOf('#'))
                .filter(index -> index >= 0)
                .min()
                .orElse(probe.path.length());
        String path = probe.path.substring(0, end);
        return switch (condition) {
            case Condition.Port only -> only.port() == port;
            case Condition.Sni name ->
                probe.sni != null && probe.sni.equals(name.serverName().toLowerCase(Locale.ROOT));
            case Condition.Method method -> method.methods().contains(probe.method);
            case Condition.Path exact -> exact.path().equals(path);
            case Condition.PathPrefix prefix -> path.startsWith(prefix.prefix());
        };
    }

    public static boolean contains(Principal principal, String caller) {
        return switch (principal) {
            case Principal.Always always -> true;
            case Principal.SanEquals san -> san.value().equals(caller);
            case Principal.Exact exact -> exact.value().equals(caller);
            case Principal.Prefix prefix -> caller.startsWith(prefix.value());
            case Principal.Segments pattern ->
                COMPILED.computeIfAbsent(pattern, LinearOracle::regex)
                        .matcher(caller)
                        .matches();
            case Principal.AnyOf any -> any.members().stream().anyMatch(member -> contains(member, caller));
            case Principal.AllOf all -> all.members().stream().allMatch(member -> contains(member, caller));
            case Principal.Not not -> !contains(not.member(), caller);
        };
    }

    private static Pattern regex(Principal.Segments pattern) {
        StringBuilder regex = new StringBuilder("spiffe:/");
        for (Optional<String> segment : pattern.segments()) {
            regex.append('/').append(segment.map(Pattern::quote).orElse("[^/]+"));
        }
        return Pattern.compile(regex + (pattern.below() ? "(/[^/]+)+" : ""));
    }
}
