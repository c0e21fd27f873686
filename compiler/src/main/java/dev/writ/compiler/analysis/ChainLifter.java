package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Witness.Transport;
import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.OneCa;
import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.HttpFilter;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.RouteTable;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.Optional;

/** A filter chain as a function of the calls that it takes: the transport, then the filters in their order. */
final class ChainLifter {
    private static final String SCHEME = "spiffe://";

    private final Diagram diagram;
    private final CallerSets sets;
    private final FilterChain chain;
    private final Lifters ofConnections;
    private final Lifters ofRequests;
    private final Merge both;
    private final Merge either;

    /** Of the two kinds of rules. */
    private record Lifters(MatcherLifter matchers, PolicyLifter policies) {
        static Lifters of(
                Diagram diagram,
                Callers callers,
                Certificates certificates,
                InboundListener listener,
                boolean seesRequests) {
            int port = listener.port();
            boolean seesServerName = listener.inspectsTls();
            return new Lifters(
                    new MatcherLifter(diagram, callers, certificates, port, seesServerName, seesRequests),
                    new PolicyLifter(diagram, callers, certificates, port, seesServerName, seesRequests));
        }
    }

    ChainLifter(
            Diagram diagram, Callers callers, Certificates certificates, InboundListener listener, FilterChain chain) {
        this.diagram = diagram;
        this.sets = new CallerSets(diagram, callers);
        this.chain = chain;
        this.ofConnections = Lifters.of(diagram, callers, certificates, listener, false);
        this.ofRequests = Lifters.of(diagram, callers, certificates, listener, true);
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
    }

    Node of(Transport transport) {
        return switch (chain.transport()) {
            case dev.writ.compiler.envoy.config.Transport.Plaintext plaintext -> withoutTls(transport);
            case dev.writ.compiler.envoy.config.Transport.Tls tls -> withTls(transport, tls);
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    /** A handshake that nothing here speaks is no HTTP request; a TCP proxy hands it on. */
    private Node withoutTls(Transport transport) {
        NetworkFilter last = chain.filters().isEmpty()
                ? new Unmodelled("the filter chain leads nowhere")
                : chain.filters().getLast();
        boolean isHandshake = transport != Transport.PLAINTEXT;
        Node refused = diagram.leaf(Outcome.withoutRule(Stage.NONE, Decision.DENY));
        Node passed = filters(false);
        return isHandshake && last instanceof NetworkFilter.HttpConnection ? refused : passed;
    }

    private Node withTls(Transport transport, dev.writ.compiler.envoy.config.Transport.Tls tls) {
        Node refused = diagram.leaf(Outcome.withoutRule(Stage.TLS, Decision.DENY));
        return switch (transport) {
            case PLAINTEXT -> refused;
            case ANONYMOUS -> {
                requireRefusal(tls);
                yield refused;
            }
            case CERTIFICATE -> Merge.where(diagram, refused).of(verified(tls.validation()), filters(true));
        };
    }

    private static void requireRefusal(dev.writ.compiler.envoy.config.Transport.Tls tls) {
        boolean refuses = switch (tls.validation()) {
            case SpiffeTrust trust -> true;
            case OneCa ca -> tls.requireClientCertificate() || ca.insists();
            case ClientValidation.NotRequested none -> false;
            case ClientValidation.Unverified unverified -> false;
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
        if (!refuses) {
            throw new Unanswerable("TLS that takes callers without a certificate");
        }
    }

    /** The callers whose certificate is taken. */
    private Node verified(ClientValidation validation) {
        return switch (validation) {
            case SpiffeTrust trust ->
                both.of(
                        any(trust.trustDomains().stream()
                                .map(domain -> sets.prefix(SCHEME + domain + "/"))
                                .toList()),
                        // The validator keeps the matchers of URIs and forgets the others.
                        named(trust.sanMatchers().stream()
                                .filter(matcher -> matcher.kind() == SanKind.URI)
                                .toList()));
            case OneCa ca -> both.of(signedBy(ca), named(ca.sanMatchers()));
            case ClientValidation.NotRequested none ->
                throw new Unanswerable("TLS that does not ask for a certificate");
            case ClientValidation.Unverified unverified ->
                throw new Unanswerable("TLS that may take certificates of any CA");
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    /** A caller's certificate is signed by the CA of the trust domain that its URI SAN begins with, if the bundle names that. */
    private Node signedBy(OneCa ca) {
        if (ca.more().isPresent()) {
            throw new Unanswerable(ca.more().get().reason());
        }
        if (ca.acceptUntrusted() || !ca.authority().known()) {
            throw new Unanswerable("TLS that may take certificates of any CA");
        }
        return any(ca.authority().names().stream()
                .map(name -> either.of(sets.exact(SCHEME + name), sets.prefix(SCHEME + name + "/")))
                .toList());
    }

    private Node any(List<Node> sets) {
        return either.all(sets, diagram.leaf(false));
    }

    private Node named(List<SanMatcher> matchers) {
        return matchers.isEmpty()
                ? diagram.leaf(true)
                : any(matchers.stream()
                        .filter(matcher -> matcher.kind() == SanKind.URI)
                        .map(matcher -> ofConnections.policies().san(matcher.matcher()))
                        .toList());
    }

    private Node filters(boolean withTls) {
        Node passed = diagram.leaf(Outcome.withoutRule(Stage.NONE, Decision.ALLOW));
        for (NetworkFilter filter : chain.filters()) {
            switch (filter) {
                case NetworkFilter.NetworkRbac rbac -> passed = then(passed, rbac.rbac(), ofConnections, withTls);
                case NetworkFilter.TcpProxy proxy -> {
                    return passed;
                }
                case NetworkFilter.HttpConnection http -> {
                    requireOneConfig(http.routes());
                    return throughHttp(passed, http.filters(), withTls);
                }
                case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
            }
        }
        throw new Unanswerable("the filter chain leads nowhere");
    }

    private static void requireOneConfig(RouteTable routes) {
        boolean isPlain = routes.overrides().isEmpty()
                && routes.hosts().stream()
                        .allMatch(host -> host.overrides().isEmpty()
                                && host.routes().stream()
                                        .allMatch(route -> route.overrides().isEmpty()));
        if (!isPlain) {
            throw new Unanswerable("routes that change a filter's config");
        }
    }

    private Node throughHttp(Node before, List<HttpFilter> filters, boolean withTls) {
        Node passed = before;
        for (HttpFilter filter : filters) {
            switch (filter) {
                case HttpFilter.HttpRbac rbac -> {
                    if (!rbac.disabled()) {
                        passed = then(passed, rbac.rbac(), ofRequests, withTls);
                    }
                }
                case HttpFilter.Router router -> {
                    return passed;
                }
                case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
            }
        }
        throw new Unanswerable("the HTTP filters lead nowhere");
    }

    /** The first RBAC filter that denies decides; where all allow, the last one's rule is the one reported. */
    private Node then(Node passed, Rbac rbac, Lifters lifters, boolean withTls) {
        if (!withTls) {
            throw new Unanswerable("RBAC on a connection without TLS");
        }
        Node shadowed = Merge.of(diagram, (before, shadow) -> withShadow((Outcome) before, shadow))
                .of(passed, decided(rbac.shadow(), lifters));
        return Merge.of(diagram, (before, enforced) -> withEnforced((Outcome) before, enforced))
                .of(shadowed, decided(rbac.enforced(), lifters));
    }

    private static Outcome withShadow(Outcome before, Object shadow) {
        return before.isAllowed() && !before.isShadowed() && shadow instanceof Decided decided
                ? new Outcome(before.stage(), before.enforced(), Optional.of(decided))
                : before;
    }

    private static Outcome withEnforced(Outcome before, Object enforced) {
        return before.isAllowed() && enforced instanceof Decided decided
                ? new Outcome(Stage.RBAC, decided, before.shadow())
                : before;
    }

    /** Nothing where nothing is configured: then everybody passes. */
    private Node decided(RbacRules rules, Lifters lifters) {
        return switch (rules) {
            case RbacRules.Absent absent -> diagram.leaf(Nothing.NOTHING);
            // Where no action is reached, Envoy denies, and names no rule.
            case RbacRules.ByMatcher byMatcher ->
                Merge.firstOf(diagram)
                        .of(
                                lifters.matchers().of(byMatcher.matcher()),
                                diagram.leaf(new Decided(Decision.DENY, null, null)));
            case RbacRules.ByPolicies byPolicies -> lifters.policies().of(byPolicies);
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }
}
