package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Envoy's matcher API on calls with a client certificate, as a function to what decides. A nested matcher that reaches no action counts
 * as no match: a list goes on, an exact map goes to its {@code on_no_match}, a prefix map to the next shorter prefix.
 */
final class MatcherLifter {
    private final Diagram diagram;
    private final Callers callers;
    private final Certificates certificates;
    private final int port;
    private final boolean seesServerName;
    private final boolean seesRequests;
    private final TextLifter texts;
    private final Merge both;
    private final Merge either;
    private final Merge firstOf;
    private final Merge least;
    private final Merge where;
    private final Node nothing;
    private final Relabel undecided;

    /**
     * @param seesServerName whether something reads the TLS server name; else it is empty to Envoy
     * @param seesRequests whether the matcher is asked of requests, not of connections
     */
    MatcherLifter(
            Diagram diagram,
            Callers callers,
            Certificates certificates,
            int port,
            boolean seesServerName,
            boolean seesRequests) {
        this.diagram = diagram;
        this.callers = callers;
        this.certificates = certificates;
        this.port = port;
        this.seesServerName = seesServerName;
        this.seesRequests = seesRequests;
        this.texts = new TextLifter(diagram, callers);
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
        this.firstOf = Merge.firstOf(diagram);
        this.least = Merge.least(diagram);
        this.nothing = diagram.leaf(Nothing.NOTHING);
        this.where = Merge.where(diagram, nothing);
        this.undecided = Relabel.values(diagram, value -> value == Nothing.NOTHING);
    }

    /** What decides; nothing where no action is reached. */
    Node of(Matcher matcher) {
        return switch (matcher) {
            case Matcher.FirstOf list -> firstOf.of(first(list.entries()), of(list.onNoMatch()));
            case Matcher.ExactMap map -> map(map.input(), map.entries(), map.onNoMatch(), false);
            case Matcher.PrefixMap map -> map(map.input(), map.entries(), map.onNoMatch(), true);
            case Matcher.IpMap map -> throw new Unanswerable("a matcher tree of addresses");
            case Matcher.DomainMap map -> throw new Unanswerable("a matcher tree of domains");
            case Matcher.Otherwise otherwise -> of(otherwise.onNoMatch());
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    private Node of(Optional<OnMatch> onMatch) {
        return onMatch.map(this::of).orElse(nothing);
    }

    private Node of(OnMatch onMatch) {
        return switch (onMatch) {
            case OnMatch.Act act -> diagram.leaf(decided(act.name(), act.effect()));
            case OnMatch.Nested nested -> of(nested.matcher());
            case OnMatch.Take take -> throw new Unanswerable("a matcher that chooses a filter chain");
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    /** {@code LOG} lets pass. */
    static Decided decided(String name, OnMatch.Effect effect) {
        return new Decided(effect == OnMatch.Effect.DENY ? Decision.DENY : Decision.ALLOW, name, null);
    }

    private Node map(MatchInput input, Map<String, OnMatch> entries, Optional<OnMatch> onNoMatch, boolean isPrefix) {
        requireCaller(input);
        List<MapEntry> longestFirst = entries.entrySet().stream()
                .map(entry -> new MapEntry(entry.getKey(), of(entry.getValue())))
                .sorted(Comparator.comparingInt((MapEntry entry) -> entry.text().length())
                        .reversed())
                .toList();
        Node found = longestFirst.stream().allMatch(entry -> isTotal(entry.node()))
                ? ofLongest(longestFirst, isPrefix)
                : ofAll(longestFirst, isPrefix);
        return firstOf.of(found, of(onNoMatch));
    }

    private record MapEntry(String text, Node node) {}

    /** Whether an action is always reached. */
    private boolean isTotal(Node node) {
        return undecided.of(node) == diagram.leaf(false);
    }

    /** Where the longest entry always decides, one tree finds it; those that ask for the caller again are merged beside. */
    private Node ofLongest(List<MapEntry> longestFirst, boolean isPrefix) {
        CallerTree tree = new CallerTree(diagram, callers, least);
        List<MapEntry> asking = new ArrayList<>();
        for (int i = 0; i < longestFirst.size(); i++) {
            if (isPrefix) {
                tree.prefix(longestFirst.get(i).text(), diagram.leaf(i));
            } else {
                tree.exact(longestFirst.get(i).text(), diagram.leaf(i));
            }
            if (asksForCaller(longestFirst.get(i).node())) {
                asking.add(longestFirst.get(i));
            }
        }
        Node direct = Relabel.nodes(
                        diagram,
                        value -> value instanceof Integer number
                                        && !asksForCaller(
                                                longestFirst.get(number).node())
                                ? longestFirst.get(number).node()
                                : nothing)
                .of(tree.node(nothing));
        return firstOf.of(direct, ofAll(asking, isPrefix));
    }

    private static boolean asksForCaller(Node node) {
        return Variables.isAboutCaller(node.variable());
    }

    private Node ofAll(List<MapEntry> longestFirst, boolean isPrefix) {
        CallerSets sets = new CallerSets(diagram, callers);
        return firstOf.all(
                longestFirst.stream()
                        .map(entry ->
                                where.of(isPrefix ? sets.prefix(entry.text()) : sets.exact(entry.text()), entry.node()))
                        .toList(),
                nothing);
    }

    private void requireCaller(MatchInput input) {
        if (!(input instanceof MatchInput.UriSan)) {
            throw new Unanswerable("a matcher tree on something other than the URI SAN");
        }
        requireOneSan();
    }

    private void requireOneSan() {
        if (certificates != Certificates.ONE_URI_SAN) {
            throw new Unanswerable("a matcher of joined URI SANs beside rules of single ones");
        }
    }

    /** Entries of a caller's text alone go through one tree by their number, as long as they all lead to an action. */
    private Node first(List<Matcher.Entry> entries) {
        boolean allAct = entries.stream().allMatch(entry -> entry.onMatch() instanceof OnMatch.Act);
        if (!allAct) {
            return firstOf.all(
                    entries.stream()
                            .map(entry -> where.of(set(entry.predicate()), of(entry.onMatch())))
                            .toList(),
                    nothing);
        }
        CallerTree tree = new CallerTree(diagram, callers, least);
        List<Node> others = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Node number = diagram.leaf(i);
            for (Predicate predicate : alternatives(entries.get(i).predicate())) {
                if (!addText(predicate, number, tree)) {
                    others.add(where.of(set(predicate), number));
                }
            }
        }
        others.addFirst(tree.node(nothing));
        return Relabel.values(
                        diagram,
                        value -> value instanceof Integer number
                                        && entries.get(number).onMatch() instanceof OnMatch.Act act
                                ? decided(act.name(), act.effect())
                                : value)
                .of(least.all(others, nothing));
    }

    private static List<Predicate> alternatives(Predicate predicate) {
        return predicate instanceof Predicate.AnyOf any ? any.members() : List.of(predicate);
    }

    private boolean addText(Predicate predicate, Node number, CallerTree tree) {
        if (!(predicate instanceof Predicate.Matches matches && matches.input() instanceof MatchInput.UriSan)) {
            return false;
        }
        requireOneSan();
        if (matches.matcher() instanceof TextMatcher.Exact exact && !exact.ignoreCase()) {
            tree.exact(exact.text(), number);
            return true;
        }
        if (matches.matcher() instanceof TextMatcher.StartsWith prefix && !prefix.ignoreCase()) {
            tree.prefix(prefix.text(), number);
            return true;
        }
        return false;
    }

    /** With a certificate nothing that a predicate asks for is missing, so it holds or does not. */
    private Node set(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Matches matches -> set(matches);
            case Predicate.AllOf all ->
                both.all(all.members().stream().map(this::set).toList(), diagram.leaf(true));
            case Predicate.AnyOf any ->
                either.all(any.members().stream().map(this::set).toList(), diagram.leaf(false));
            case Predicate.Not not -> Relabel.not(diagram, set(not.member()));
            case Predicate.InBlocks blocks -> throw new Unanswerable("a matcher of addresses");
            case Predicate.Custom custom ->
                throw new Unanswerable(custom.matcher().reason());
        };
    }

    private Node set(Predicate.Matches matches) {
        return switch (matches.input()) {
            case MatchInput.UriSan san -> {
                requireOneSan();
                yield texts.caller(matches.matcher());
            }
            case MatchInput.ServerName name ->
                seesServerName ? texts.serverName(matches.matcher()) : diagram.leaf(false);
            case MatchInput.DestinationPort destination -> texts.known(matches.matcher(), String.valueOf(port));
            case MatchInput.Header header -> header(header.name(), matches.matcher());
            case MatchInput.SourceType type -> throw new Unanswerable("a matcher of the caller's address");
            case MatchInput.TransportProtocol transport -> throw new Unanswerable("a matcher of the transport");
            case MatchInput.ApplicationProtocols protocols ->
                throw new Unanswerable("a matcher of application protocols");
            case MatchInput.DestinationIp ip -> throw new Unanswerable("a matcher of the destination's address");
            case MatchInput.SourceIp ip -> throw new Unanswerable("a matcher of the caller's address");
            case MatchInput.DirectSourceIp ip -> throw new Unanswerable("a matcher of the caller's address");
            case MatchInput.SourcePort source -> throw new Unanswerable("a matcher of the caller's port");
            case MatchInput.DnsSan san -> throw new Unanswerable("a matcher of DNS SANs");
            case MatchInput.Subject subject -> throw new Unanswerable("a matcher of the certificate's subject");
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    private Node header(String name, TextMatcher matcher) {
        if (!seesRequests) {
            throw new Unanswerable("a header of a connection");
        }
        return switch (name) {
            case ":method" -> texts.method(matcher);
            case ":path" -> texts.pathWithQuery(matcher);
            default -> throw new Unanswerable("the header `" + name + "`");
        };
    }
}
