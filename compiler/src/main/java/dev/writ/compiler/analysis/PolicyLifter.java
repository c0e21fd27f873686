package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.RbacRules.ByPolicies;
import dev.writ.compiler.envoy.config.RbacRules.Policy;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.function.Function;

/** Classic RBAC rules on calls with a client certificate of nothing but URI SANs: the first policy that matches decides. */
final class PolicyLifter {
    private static final String DEFAULT = "default";

    private final Diagram diagram;
    private final Certificates certificates;
    private final int port;
    private final boolean seesServerName;
    private final boolean seesRequests;
    private final TextLifter texts;
    private final Merge both;
    private final Merge either;

    /**
     * @param seesServerName whether something reads the TLS server name; else it is empty to Envoy
     * @param seesRequests whether the rules are asked of requests; those of connections know no path, and none matches
     */
    PolicyLifter(
            Diagram diagram,
            Callers callers,
            Certificates certificates,
            int port,
            boolean seesServerName,
            boolean seesRequests) {
        this.diagram = diagram;
        this.certificates = certificates;
        this.port = port;
        this.seesServerName = seesServerName;
        this.seesRequests = seesRequests;
        this.texts = new TextLifter(diagram, callers);
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
    }

    Node of(ByPolicies rules) {
        Node nothing = diagram.leaf(Nothing.NOTHING);
        Merge where = Merge.where(diagram, nothing);
        Node decided = Merge.firstOf(diagram)
                .all(
                        rules.policies().stream()
                                .map(policy -> where.of(
                                        set(policy),
                                        diagram.leaf(MatcherLifter.decided(policy.name(), rules.action()))))
                                .toList(),
                        nothing);
        Decision otherwise = rules.action() == Effect.ALLOW ? Decision.DENY : Decision.ALLOW;
        return Merge.firstOf(diagram).of(decided, diagram.leaf(new Decided(otherwise, DEFAULT, null)));
    }

    private Node set(Policy policy) {
        policy.condition().ifPresent(condition -> {
            throw new Unanswerable(condition.reason());
        });
        return both.of(any(policy.permissions(), this::set), any(policy.principals(), this::set));
    }

    private <T> Node any(List<T> members, Function<T, Node> set) {
        return either.all(members.stream().map(set).toList(), diagram.leaf(false));
    }

    private <T> Node all(List<T> members, Function<T, Node> set) {
        return both.all(members.stream().map(set).toList(), diagram.leaf(true));
    }

    private Node set(Permission permission) {
        return switch (permission) {
            case Permission.Any any -> diagram.leaf(true);
            case Permission.AnyOf any -> any(any.members(), this::set);
            case Permission.AllOf all -> all(all.members(), this::set);
            case Permission.Not not -> Relabel.not(diagram, set(not.member()));
            case Permission.UrlPath path -> path(path.matcher());
            case Permission.ServerName name -> seesServerName ? texts.serverName(name.matcher()) : diagram.leaf(false);
            case Permission.DestinationPorts ports -> diagram.leaf(ports.start() <= port && port < ports.end());
            case Permission.Header header -> throw new Unanswerable("a permission by a header");
            case Permission.PathTemplate template ->
                throw new Unanswerable("the path template `" + template.template() + "`");
            case Permission.DestinationIp ip -> throw new Unanswerable("a permission by the destination's address");
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    private Node set(Identifier identifier) {
        return switch (identifier) {
            case Identifier.Any any -> diagram.leaf(true);
            case Identifier.AnyOf any -> any(any.members(), this::set);
            case Identifier.AllOf all -> all(all.members(), this::set);
            case Identifier.Not not -> Relabel.not(diagram, set(not.member()));
            case Identifier.ValidatedCertificate certificate ->
                throw new Unanswerable("a principal by a validated certificate");
            case Identifier.Address address -> throw new Unanswerable("a principal by its address");
            case Identifier.Header header -> throw new Unanswerable("a principal by a header");
            case Identifier.UrlPath path -> path(path.matcher());
            case Identifier.Authenticated authenticated ->
                authenticated.name().map(this::named).orElse(diagram.leaf(true));
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    private Node path(TextMatcher matcher) {
        return seesRequests ? texts.path(matcher) : diagram.leaf(false);
    }

    /** Any URI SAN, then any DNS SAN, of which there are none, then the subject, which is empty. */
    private Node named(TextMatcher matcher) {
        return either.of(san(matcher), texts.known(matcher, ""));
    }

    /** Some URI SAN fits. */
    Node san(TextMatcher matcher) {
        if (certificates == Certificates.ONE_URI_SAN) {
            return texts.caller(matcher);
        }
        if (matcher instanceof TextMatcher.Exact exact && !exact.ignoreCase()) {
            return diagram.fact(new Certificates.SanIs(exact.text()));
        }
        if (matcher instanceof TextMatcher.StartsWith prefix && !prefix.ignoreCase()) {
            return diagram.fact(new Certificates.SanStartsWith(prefix.text()));
        }
        throw new Unanswerable("a matcher of single SANs that is neither a whole one nor a beginning");
    }
}
