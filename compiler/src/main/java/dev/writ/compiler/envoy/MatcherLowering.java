package dev.writ.compiler.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.ResolvedMatcher.CallCondition;
import dev.writ.compiler.envoy.ResolvedMatcher.Entry;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.envoy.ResolvedMatcher.Test;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Condition.Method;
import dev.writ.compiler.ir.Condition.Path;
import dev.writ.compiler.ir.Condition.PathPrefix;
import dev.writ.compiler.ir.Condition.Port;
import dev.writ.compiler.ir.Condition.Sni;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Principal.Segments;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a first-match list into resolved verdicts by caller, because Envoy's matcher tree knows no order: the longest prefix
 * wins there, whatever rule it came from. The strings are split into regions, in which every exact string and prefix of the
 * rules is decided; each region's verdict is found by going through the rules in their order.
 */
final class MatcherLowering {
    /** Deeper ones would pass the nesting that protobuf parsers accept (100 messages, of which each level takes several). */
    static final int MAX_DEPTH = 16;

    private final DiagnosticSink sink;

    MatcherLowering(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** A rule as far as it is about this inbound. */
    record Line(CallerSet callers, List<Test> calls, Outcome outcome) {
        Test with(Test caller) {
            if (calls.isEmpty()) {
                return caller;
            }
            List<Test> all = new ArrayList<>(calls.size() + 1);
            all.add(caller);
            all.addAll(calls);
            return Test.every(all);
        }
    }

    /**
     * The verdicts of these rules at this inbound; empty, with findings, if Envoy cannot say them there.
     *
     * @param guard whether all but one well-formed SPIFFE ID is denied first
     */
    Optional<ResolvedMatcher> lower(RuleList rules, Inbound inbound, boolean guard) {
        List<Line> lines = new ArrayList<>();
        boolean refused = false;
        for (Rule rule : rules.rules()) {
            if (rule.conditions().stream().anyMatch(c -> c instanceof Port other && other.port() != inbound.port())) {
                continue;
            }
            if (isRefused(rule, inbound)) {
                refused = true;
                continue;
            }
            List<Test> calls =
                    rule.conditions().stream().map(MatcherLowering::test).toList();
            lines.add(new Line(
                    CallerSet.of(rule.principal(), guard),
                    calls,
                    new Outcome(rule.action(), rule.origin().name())));
        }
        if (refused) {
            return Optional.empty();
        }
        List<Entry> leading = leading(lines);
        Outcome byDefault = new Outcome(rules.byDefault(), RuleList.DEFAULT_NAME);
        try {
            return Optional.of(new RegionWalk(lines.subList(leading.size(), lines.size()), byDefault, guard)
                    .resolve(guard, leading));
        } catch (RegionWalk.TooLarge tooLarge) {
            sink.add(
                    DiagnosticId.TARGET_UNSUPPORTED,
                    inbound.span(),
                    "the rules of port " + inbound.port() + " need more than " + RegionWalk.MAX_ENTRIES
                            + " matcher entries",
                    "rules with a wildcard or a condition are repeated for each exact ID and prefix of the others; "
                            + "make them fewer, or put wildcard rules first");
            return Optional.empty();
        }
    }

    /**
     * The first rules that no exact string or prefix tells apart are asked as they are: in the tree each of its leaves would
     * repeat them.
     */
    private static List<Entry> leading(List<Line> lines) {
        List<Entry> leading = new ArrayList<>();
        for (Line line : lines) {
            CallerSet.Strings strings = line.callers().strings();
            if (!strings.onlyPatterns() || !Set.of(SpiffeId.SCHEME).containsAll(strings.keys())) {
                break;
            }
            Test test = line.with(line.callers().anywhere());
            if (test.equals(Test.TRUE) || test.equals(Test.FALSE)) {
                break;
            }
            leading.add(new Entry(test, line.outcome()));
        }
        return leading;
    }

    private boolean isRefused(Rule rule, Inbound inbound) {
        boolean refused = false;
        if (!isShallow(rule.principal(), MAX_DEPTH)) {
            sink.add(
                    DiagnosticId.TARGET_UNSUPPORTED,
                    rule.origin().span(),
                    "callers nested deeper than " + MAX_DEPTH + " levels, which Envoy does not load");
            refused = true;
        }
        for (Condition condition : rule.conditions()) {
            if (isAboutHttp(condition) && !inbound.protocol().isHttp()) {
                sink.add(
                        DiagnosticId.TARGET_UNSUPPORTED,
                        rule.origin().span(),
                        "a condition on the HTTP method or path, but port " + inbound.port() + " speaks "
                                + inbound.protocol(),
                        "give the port an HTTP protocol (`appProtocol: http`), or limit the rule to HTTP ports");
                return true;
            }
        }
        return refused;
    }

    private static boolean isAboutHttp(Condition condition) {
        return switch (condition) {
            case Method method -> true;
            case Path path -> true;
            case PathPrefix prefix -> true;
            case Port port -> false;
            case Sni sni -> false;
        };
    }

    /** Conditions that no call or every call fits are decided here. The URL path never holds a query or a fragment. */
    private static Test test(Condition condition) {
        return switch (condition) {
            case Port port -> Test.TRUE;
            case Sni sni -> sni.serverName().isEmpty() ? Test.FALSE : new CallCondition(condition);
            case Method method -> method.methods().isEmpty() ? Test.FALSE : new CallCondition(condition);
            case Path path -> hasQuery(path.path()) ? Test.FALSE : new CallCondition(condition);
            case PathPrefix prefix -> {
                if (prefix.prefix().isEmpty()) {
                    yield Test.TRUE;
                }
                yield hasQuery(prefix.prefix()) ? Test.FALSE : new CallCondition(condition);
            }
        };
    }

    private static boolean hasQuery(String path) {
        return path.indexOf('?') >= 0 || path.indexOf('#') >= 0;
    }

    private static boolean isShallow(Principal principal, int levels) {
        return levels > 0
                && switch (principal) {
                    case AnyOf any -> any.members().stream().allMatch(member -> isShallow(member, levels - 1));
                    case AllOf all -> all.members().stream().allMatch(member -> isShallow(member, levels - 1));
                    case Not not -> isShallow(not.member(), levels - 1);
                    case Always always -> true;
                    case Exact exact -> true;
                    case Principal.SanEquals san -> true;
                    case Prefix prefix -> true;
                    case Segments segments -> true;
                };
    }
}
