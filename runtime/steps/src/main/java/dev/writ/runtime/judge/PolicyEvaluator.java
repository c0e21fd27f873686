package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.RbacRules.ByPolicies;
import dev.writ.compiler.envoy.config.RbacRules.Policy;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;

/**
 * Evaluates classic RBAC rules as Envoy does (tried on 1.40.0): the first policy that matches, by name, decides. Unlike in a
 * matcher nothing stops the evaluation; on a connection without TLS {@code authenticated} is false, and its negation true.
 */
final class PolicyEvaluator {
    /** What decides where no policy matches. Envoy says {@code none}; the other form of rules names it so. */
    private static final String DEFAULT = "default";

    private final Connection connection;
    private final MatchTrace trace;
    private final CallerTest callers;

    PolicyEvaluator(Connection connection, MatchTrace trace) {
        this.connection = connection;
        this.trace = trace;
        this.callers = new CallerTest(connection);
    }

    /** A policy that may match leaves the name open, and the decision only where no later policy makes the same. */
    MatchOutcome evaluate(ByPolicies rules, PolicyIndexes indexes) {
        Truth.Unknown open = null;
        // A trace tells of the policies that did not match, too.
        List<Policy> candidates = trace.isOn() ? rules.policies() : indexes.candidates(rules, connection);
        for (Policy policy : candidates) {
            trace.open();
            Truth truth = matches(policy);
            if (trace.isOn()) {
                trace.close(truth, Words.of(policy, rules.action()));
            }
            if (truth instanceof Truth.Unknown unknown) {
                open = open == null ? unknown : open;
            } else if (truth instanceof Truth.Yes) {
                return new MatchOutcome.Decided(open == null ? policy.name() : null, rules.action());
            }
        }
        Effect otherwise = rules.action() == Effect.ALLOW ? Effect.DENY : Effect.ALLOW;
        if (open == null) {
            return new MatchOutcome.Decided(DEFAULT, otherwise);
        }
        return rules.action() == Effect.LOG
                ? new MatchOutcome.Decided(null, Effect.LOG)
                : new MatchOutcome.Unknown(open.reason());
    }

    /** As in Envoy the permissions come first. */
    private Truth matches(Policy policy) {
        Truth permission = anyOf(policy.permissions());
        if (permission instanceof Truth.No) {
            return permission;
        }
        Truth principal = anyOfIdentifiers(policy.principals());
        if (principal instanceof Truth.No) {
            return principal;
        }
        if (policy.condition().isPresent()) {
            return new Truth.Unknown(policy.condition().get().reason());
        }
        return permission instanceof Truth.Yes ? principal : permission;
    }

    private Truth anyOf(List<Permission> members) {
        Truth open = Truth.NO;
        for (Permission member : members) {
            Truth truth = holds(member);
            if (truth instanceof Truth.Yes) {
                return truth;
            }
            open = truth instanceof Truth.No ? open : truth;
        }
        return open;
    }

    private Truth allOf(List<Permission> members) {
        Truth open = Truth.YES;
        for (Permission member : members) {
            Truth truth = holds(member);
            if (truth instanceof Truth.No) {
                return truth;
            }
            open = truth instanceof Truth.Yes ? open : truth;
        }
        return open;
    }

    private Truth holds(Permission permission) {
        trace.open();
        Truth truth = ask(permission);
        if (trace.isOn()) {
            trace.close(truth, Words.of(permission));
        }
        return truth;
    }

    private Truth ask(Permission permission) {
        return switch (permission) {
            case Permission.Any any -> Truth.YES;
            case Permission.AnyOf any -> anyOf(any.members());
            case Permission.AllOf all -> allOf(all.members());
            case Permission.Not not -> Truth.not(holds(not.member()));
            case Permission.Header header ->
                connection.http() == null ? Truth.NO : HeaderTest.test(header.match(), connection.http());
            case Permission.UrlPath path ->
                connection.http() == null
                        ? Truth.NO
                        : TextMatching.matches(path.matcher(), connection.http().pathWithoutQuery());
            case Permission.PathTemplate template ->
                connection.http() == null
                        ? Truth.NO
                        : Truth.of(template.pattern().matches(connection.http().pathWithoutQuery()));
            case Permission.DestinationIp ip ->
                IpAddresses.isIn(ip.block(), connection.destination(), Connection.DESTINATION_ADDRESS);
            case Permission.DestinationPorts ports ->
                connection.destinationPort() == null
                        ? IpAddresses.unsaid(Connection.DESTINATION_PORT)
                        : Truth.of(ports.start() <= connection.destinationPort()
                                && connection.destinationPort() < ports.end());
            case Permission.ServerName name -> TextMatching.matches(name.matcher(), connection.serverName());
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
    }

    private Truth anyOfIdentifiers(List<Identifier> members) {
        Truth open = Truth.NO;
        for (Identifier member : members) {
            Truth truth = is(member);
            if (truth instanceof Truth.Yes) {
                return truth;
            }
            open = truth instanceof Truth.No ? open : truth;
        }
        return open;
    }

    private Truth allOfIdentifiers(List<Identifier> members) {
        Truth open = Truth.YES;
        for (Identifier member : members) {
            Truth truth = is(member);
            if (truth instanceof Truth.No) {
                return truth;
            }
            open = truth instanceof Truth.Yes ? open : truth;
        }
        return open;
    }

    private Truth is(Identifier identifier) {
        trace.open();
        Truth truth = switch (identifier) {
            case Identifier.Any any -> Truth.YES;
            case Identifier.AnyOf any -> anyOfIdentifiers(any.members());
            case Identifier.AllOf all -> allOfIdentifiers(all.members());
            case Identifier.Not not -> Truth.not(is(not.member()));
            case Identifier.Authenticated authenticated -> callers.isAuthenticated(authenticated);
            case Identifier.ValidatedCertificate validated -> callers.isValidated(validated);
            case Identifier.Address address -> callers.isAt(address);
            case Identifier.Header header ->
                connection.http() == null ? Truth.NO : HeaderTest.test(header.match(), connection.http());
            case Identifier.UrlPath path ->
                connection.http() == null
                        ? Truth.NO
                        : TextMatching.matches(path.matcher(), connection.http().pathWithoutQuery());
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
        if (trace.isOn()) {
            trace.close(truth, Words.of(identifier));
        }
        return truth;
    }
}
