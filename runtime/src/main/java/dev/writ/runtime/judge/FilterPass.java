package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HttpFilter;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the filters, in their order. The first RBAC filter that denies decides; where all allow, the
 * last one's rule is reported. A shadow denial of any of them is the call's shadow verdict.
 */
final class FilterPass {
    private final Call call;
    private @Nullable Decision shadow;
    private Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);

    FilterPass(Call call) {
        this.call = call;
    }

    Verdict through(List<NetworkFilter> filters, Connection connection) {
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
        return Verdict.unknown("the filter chain leads nowhere");
    }

    private Verdict throughHttp(NetworkFilter.HttpConnection http, Connection connection) {
        if (connection.handshakeAsBytes()) {
            String reason = "the inbound takes plain HTTP, and the caller begins with a TLS handshake";
            return new Verdict(Decision.DENY, Stage.NONE, shadow, null, reason);
        }
        Optional<String> fault = call.requestFault();
        if (fault.isPresent()) {
            return Verdict.unknown(fault.get());
        }
        String method = call.method() == null ? "GET" : call.method();
        return switch (RequestPath.of(call.path() == null ? "/" : call.path(), http.paths())) {
            case RequestPath.Result.Seen seen ->
                throughHttp(http.filters(), connection.with(new Connection.HttpRequest(method, seen.path())));
            case RequestPath.Result.Answered answered ->
                new Verdict(Decision.DENY, Stage.NONE, shadow, null, answered.reason());
        };
    }

    private Verdict throughHttp(List<HttpFilter> filters, Connection connection) {
        for (HttpFilter filter : filters) {
            Optional<Verdict> end = switch (filter) {
                case HttpFilter.HttpRbac rbac -> denied(rbac.rbac(), connection);
                case HttpFilter.Router router -> Optional.of(passed);
                case Unmodelled unmodelled -> Optional.of(Verdict.unknown(unmodelled.reason()));
            };
            if (end.isPresent()) {
                return end.get();
            }
        }
        return Verdict.unknown("the HTTP filters lead nowhere");
    }

    /** The verdict if the call ends here. */
    private Optional<Verdict> denied(Rbac rbac, Connection connection) {
        MatchOutcome reported = outcome(rbac.shadow(), connection);
        if (reported instanceof MatchOutcome.Unknown unknown) {
            return Optional.of(Verdict.unknown(unknown.reason()));
        }
        if (!(rbac.shadow() instanceof RbacRules.Absent) && shadow != Decision.DENY) {
            shadow = decision(reported);
        }
        if (rbac.enforced() instanceof RbacRules.Absent) {
            passed = new Verdict(passed.decision(), passed.stage(), shadow, passed.rule(), null);
            return Optional.empty();
        }
        MatchOutcome outcome = outcome(rbac.enforced(), connection);
        if (outcome instanceof MatchOutcome.Unknown unknown) {
            return Optional.of(Verdict.unknown(unknown.reason()));
        }
        String rule = outcome instanceof MatchOutcome.Decided decided ? decided.name() : null;
        Verdict verdict = new Verdict(decision(outcome), Stage.RBAC, shadow, rule, null);
        passed = verdict;
        return verdict.decision() == Decision.DENY ? Optional.of(verdict) : Optional.empty();
    }

    private static MatchOutcome outcome(RbacRules rules, Connection connection) {
        return switch (rules) {
            case RbacRules.Absent absent -> new MatchOutcome.Nothing();
            case RbacRules.ByMatcher byMatcher -> new MatcherEvaluator(connection).evaluate(byMatcher.matcher());
            case RbacRules.ByPolicies byPolicies -> new PolicyEvaluator(connection).evaluate(byPolicies);
            case Unmodelled unmodelled -> new MatchOutcome.Unknown(unmodelled.reason());
        };
    }

    // Envoy's engine denies wherever no action was reached, and LOG lets pass.
    private static Decision decision(MatchOutcome outcome) {
        return outcome instanceof MatchOutcome.Decided decided && decided.effect() != Effect.DENY
                ? Decision.ALLOW
                : Decision.DENY;
    }
}
