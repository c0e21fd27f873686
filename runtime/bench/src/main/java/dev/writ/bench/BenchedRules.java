package dev.writ.bench;

import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import io.grpc.xds.internal.Matchers.StringMatcher;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.Action;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.AlwaysTrueMatcher;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.AuthConfig;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.AuthenticatedMatcher;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.OrMatcher;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.PolicyMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same rules three times: every other one for a caller, the others for a namespace; all allow. */
final class BenchedRules {
    private static final String TRUST_DOMAIN = "spiffe://shop.example/ns/";

    private BenchedRules() {}

    /** @param exact whether the text is a whole SPIFFE ID, or the beginning of some */
    private record Rule(String name, boolean exact, String text) {}

    /** The caller that the rule of a number is for. */
    static String caller(int rule) {
        return TRUST_DOMAIN + "team-" + rule + "/sa/web";
    }

    private static List<Rule> rules(int count) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean exact = i % 2 == 0;
            rules.add(new Rule(String.format("p%06d", i), exact, exact ? caller(i) : TRUST_DOMAIN + "team-" + i + "/"));
        }
        return rules;
    }

    static GrpcAuthorizationEngine grpc(int count) {
        return new GrpcAuthorizationEngine(AuthConfig.create(
                rules(count).stream()
                        .map(rule -> PolicyMatcher.create(
                                rule.name(),
                                OrMatcher.create(AlwaysTrueMatcher.INSTANCE),
                                OrMatcher.create(AuthenticatedMatcher.create(
                                        rule.exact()
                                                ? StringMatcher.forExact(rule.text(), false)
                                                : StringMatcher.forPrefix(rule.text(), false)))))
                        .toList(),
                Action.ALLOW));
    }

    static Rbac linear(int count) {
        return rbac(new RbacRules.ByPolicies(
                OnMatch.Effect.ALLOW,
                rules(count).stream()
                        .map(rule -> new RbacRules.Policy(
                                rule.name(),
                                List.of(new Permission.Any()),
                                List.of(new Identifier.Authenticated(Optional.of(
                                        rule.exact()
                                                ? new TextMatcher.Exact(rule.text(), false)
                                                : new TextMatcher.StartsWith(rule.text(), false)))),
                                Optional.empty()))
                        .toList()));
    }

    static Rbac tree(int count) {
        Map<String, OnMatch> exact = new LinkedHashMap<>();
        Map<String, OnMatch> prefixes = new LinkedHashMap<>();
        for (Rule rule : rules(count)) {
            (rule.exact() ? exact : prefixes).put(rule.text(), new OnMatch.Act(rule.name(), OnMatch.Effect.ALLOW));
        }
        OnMatch otherwise = new OnMatch.Act("default", OnMatch.Effect.DENY);
        return rbac(new RbacRules.ByMatcher(new Matcher.ExactMap(
                new MatchInput.UriSan(),
                exact,
                Optional.of(new OnMatch.Nested(
                        new Matcher.PrefixMap(new MatchInput.UriSan(), prefixes, Optional.of(otherwise)))))));
    }

    private static Rbac rbac(RbacRules enforced) {
        return new Rbac(enforced, new RbacRules.Absent());
    }
}
