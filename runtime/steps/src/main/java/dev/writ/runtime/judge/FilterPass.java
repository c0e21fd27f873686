package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HttpFilter;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.RouteTable.Change;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the filters, in their order. The first RBAC filter that denies decides; where all allow, the
 * last one's rule is reported. A shadow denial of any of them is the request's shadow verdict.
 */
final class FilterPass {
    private final Request request;
    private final MatchTrace trace;
    private final PolicyIndexes indexes;
    private @Nullable Decision shadow;
    private @Nullable String shadowRule;
    private @Nullable String shadowReason;
    private @Nullable Verdict open;
    private @Nullable Decision shadowThen;
    private Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);

    FilterPass(Request request, MatchTrace trace, PolicyIndexes indexes) {
        this.indexes = indexes;
        this.request = request;
        this.trace = trace;
    }

    @Nullable
    String shadowRule() {
        return shadowRule;
    }

    /** RBAC filters alone, which all must allow. */
    Verdict throughAll(List<Rbac> filters, Connection connection) {
        return withOpen(allow(filters, connection));
    }

    private Verdict allow(List<Rbac> filters, Connection connection) {
        for (Rbac rbac : filters) {
            Optional<Verdict> end = denied(rbac, connection);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return passed;
    }

    Verdict through(List<NetworkFilter> filters, Connection connection) {
        return withOpen(throughNetwork(filters, connection));
    }

    private Verdict throughNetwork(List<NetworkFilter> filters, Connection connection) {
        for (NetworkFilter filter : filters) {
            Optional<Verdict> end = switch (filter) {
                case NetworkFilter.NetworkRbac rbac -> denied(rbac.rbac(), connection);
                case NetworkFilter.TcpProxy proxy -> Optional.of(passed);
                case NetworkFilter.HttpConnection http -> Optional.of(throughHttp(http, connection));
                case Unmodelled unmodelled -> Optional.of(Verdict.unknown(unmodelled.reason()));
            };
            if (end.isPresent()) {
                return end.get();
            }
        }
        // Envoy ends a connection that no filter is for.
        return filters.isEmpty()
                ? answered("a filter chain without filters ends the connection")
                : Verdict.unknown("the filter chain leads nowhere");
    }

    private Verdict throughHttp(NetworkFilter.HttpConnection http, Connection connection) {
        if (connection.noHttp() != null) {
            return answered("the inbound takes plain HTTP, and the caller begins with " + connection.noHttp());
        }
        return switch (RequestIntake.of(request, connection, http)) {
            case RequestIntake.Result.Unknown unknown -> Verdict.unknown(unknown.reason());
            case RequestIntake.Result.Answered answered -> answered(answered.reason());
            case RequestIntake.Result.Seen seen -> throughHttp(http, connection.with(seen.request()), seen.request());
        };
    }

    private Verdict answered(String reason) {
        trace.note(MatchTrace.Answer.NO, reason);
        return new Verdict(Decision.DENY, Stage.NONE, shadow, null, reason);
    }

    private Verdict throughHttp(NetworkFilter.HttpConnection http, Connection connection, HttpRequest seen) {
        RouteChoice.Result route = RouteChoice.of(http.routes(), seen);
        for (HttpFilter filter : http.filters()) {
            Optional<Verdict> end = switch (filter) {
                case HttpFilter.HttpRbac rbac -> denied(rbac, route, connection);
                case HttpFilter.Router router -> Optional.of(passed);
                case Unmodelled unmodelled -> Optional.of(Verdict.unknown(unmodelled.reason()));
            };
            if (end.isPresent()) {
                return end.get();
            }
        }
        // Nothing answers such a request; it hangs until the caller goes away (tried on 1.40.0).
        return http.filters().isEmpty()
                ? answered("an HTTP connection manager without filters answers nobody")
                : Verdict.unknown("the HTTP filters lead nowhere");
    }

    private Optional<Verdict> denied(HttpFilter.HttpRbac filter, RouteChoice.Result route, Connection connection) {
        if (route.unknown() != null) {
            return perhaps(route.unknown());
        }
        Change override = route.overrides().get(filter.name());
        if (override == null) {
            return filter.disabled() ? Optional.empty() : denied(filter.rbac(), connection);
        }
        return switch (override) {
            case Change.Replaced replaced -> denied(replaced.rbac(), connection);
            case Change.Disabled disabled -> Optional.empty();
            case Change.NotModelled notModelled -> perhaps(notModelled.reason().reason());
        };
    }

    /** Whether the request ends here nobody can tell; one of the later filters may surely deny it. */
    private Optional<Verdict> perhaps(String reason) {
        if (open == null) {
            open = Verdict.unknown(reason);
            shadowThen = shadow;
        }
        return Optional.empty();
    }

    /** What came before it may have decided otherwise, or the same. */
    private Verdict withOpen(Verdict end) {
        if (open == null) {
            return end;
        }
        if (end.decision() != Decision.DENY) {
            return open;
        }
        // Where the end is no filter's, an open filter may have denied before: then nobody can tell the stage, nor why.
        String reason = end.stage() == Stage.NONE ? null : end.reason();
        return end.shadow() == shadowThen
                ? new Verdict(Decision.DENY, end.stage(), end.shadow(), null, reason)
                : new Verdict(Decision.DENY, end.stage(), Decision.UNKNOWN, null, open.reason());
    }

    /** The verdict if the request ends here. */
    private Optional<Verdict> denied(Rbac rbac, Connection connection) {
        MatchOutcome reported = outcome(rbac.shadow(), connection, "shadow rules");
        if (!(rbac.shadow() instanceof RbacRules.Absent) && shadow != Decision.DENY) {
            boolean known = shadow != Decision.UNKNOWN || decision(reported) == Decision.DENY;
            shadowReason =
                    reported instanceof MatchOutcome.Unknown unknown ? unknown.reason() : known ? null : shadowReason;
            shadow = reported instanceof MatchOutcome.Unknown || !known ? Decision.UNKNOWN : decision(reported);
            shadowRule = reported instanceof MatchOutcome.Decided decided ? decided.name() : null;
        }
        if (rbac.enforced() instanceof RbacRules.Absent) {
            passed = new Verdict(passed.decision(), passed.stage(), shadow, passed.rule(), shadowReason);
            return Optional.empty();
        }
        MatchOutcome outcome = outcome(rbac.enforced(), connection, "rules");
        if (outcome instanceof MatchOutcome.Unknown unknown) {
            return perhaps(unknown.reason());
        }
        String rule = outcome instanceof MatchOutcome.Decided decided ? decided.name() : null;
        Verdict verdict = new Verdict(decision(outcome), Stage.RBAC, shadow, rule, shadowReason);
        passed = verdict;
        return verdict.decision() == Decision.DENY ? Optional.of(verdict) : Optional.empty();
    }

    private MatchOutcome outcome(RbacRules rules, Connection connection, String name) {
        if (rules instanceof RbacRules.Absent) {
            return new MatchOutcome.Nothing();
        }
        trace.open();
        MatchOutcome outcome = switch (rules) {
            case RbacRules.Absent absent -> new MatchOutcome.Nothing();
            case RbacRules.ByMatcher byMatcher -> new MatcherEvaluator(connection, trace).evaluate(byMatcher.matcher());
            case RbacRules.ByPolicies byPolicies ->
                new PolicyEvaluator(connection, trace).evaluate(byPolicies, indexes);
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
        if (trace.isOn()) {
            MatchTrace.Answer answer = outcome instanceof MatchOutcome.Unknown
                    ? MatchTrace.Answer.UNKNOWN
                    : decision(outcome) == Decision.ALLOW ? MatchTrace.Answer.YES : MatchTrace.Answer.NO;
            trace.close(answer, name + " allow it");
        }
        return outcome;
    }

    private static Decision decision(MatchOutcome outcome) {
        return MatchOutcome.passes(outcome) ? Decision.ALLOW : Decision.DENY;
    }
}
