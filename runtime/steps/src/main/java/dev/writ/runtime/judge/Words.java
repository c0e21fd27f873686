package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HeaderMatch;
import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.MatchInput;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what a part of a config asks, for a trace. */
final class Words {
    private Words() {}

    static String of(RbacRules.Policy policy, OnMatch.Effect action) {
        return effect(action) + " policy `" + policy.name() + "`";
    }

    static String of(OnMatch onMatch) {
        return switch (onMatch) {
            case OnMatch.Act act -> effect(act.effect()) + " `" + act.name() + "`";
            case OnMatch.Take take -> "filter chain `" + take.chain() + "`";
            case OnMatch.Nested nested -> "a nested matcher";
            case Unmodelled unmodelled -> unmodelled.reason();
        };
    }

    private static String effect(OnMatch.Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }

    static String of(Permission permission) {
        return switch (permission) {
            case Permission.Any any -> "any request";
            case Permission.AnyOf any -> "any of";
            case Permission.AllOf all -> "all of";
            case Permission.Not not -> "not";
            case Permission.Header header -> of(header.match());
            case Permission.UrlPath path -> "path " + of(path.matcher());
            case Permission.PathTemplate template -> "path fits \"" + template.template() + "\"";
            case Permission.DestinationIp ip -> "destination address is in " + ip.block();
            case Permission.DestinationPorts ports ->
                ports.end() == ports.start() + 1
                        ? "destination port is " + ports.start()
                        : "destination port is from " + ports.start() + " to below " + ports.end();
            case Permission.ServerName name -> "server name " + of(name.matcher());
            case Unmodelled unmodelled -> unmodelled.reason();
        };
    }

    static String of(Identifier identifier) {
        return switch (identifier) {
            case Identifier.Any any -> "any caller";
            case Identifier.AnyOf any -> "any of";
            case Identifier.AllOf all -> "all of";
            case Identifier.Not not -> "not";
            case Identifier.Authenticated authenticated ->
                authenticated.name().map(name -> "principal " + of(name)).orElse("a TLS connection");
            case Identifier.ValidatedCertificate validated ->
                "validated certificate"
                        + validated
                                .san()
                                .map(san -> " with a " + san.kind() + " SAN that " + of(san.matcher()))
                                .orElse("");
            case Identifier.Address address ->
                switch (address.side()) {
                            case DIRECT -> "direct source address is in ";
                            case CONNECTION -> "source address is in ";
                            case REQUEST -> "remote address is in ";
                        }
                        + address.block();
            case Identifier.Header header -> of(header.match());
            case Identifier.UrlPath path -> "path " + of(path.matcher());
            case Unmodelled unmodelled -> unmodelled.reason();
        };
    }

    static String of(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Matches matches -> of(matches.input()) + " " + of(matches.matcher());
            case Predicate.InBlocks blocks ->
                of(blocks.input())
                        + blocks.blocks().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", " is in ", ""));
            case Predicate.Custom custom -> custom.matcher().reason();
            case Predicate.AllOf all -> "all of";
            case Predicate.AnyOf any -> "any of";
            case Predicate.Not not -> "not";
        };
    }

    static String of(MatchInput input) {
        return switch (input) {
            case MatchInput.UriSan uriSan -> "URI SAN";
            case MatchInput.DnsSan dnsSan -> "DNS SAN";
            case MatchInput.Subject subject -> "subject";
            case MatchInput.ServerName sni -> "server name";
            case MatchInput.DestinationIp ip -> "destination address";
            case MatchInput.DestinationPort port -> "destination port";
            case MatchInput.SourceIp ip -> "remote address";
            case MatchInput.DirectSourceIp ip -> "source address";
            case MatchInput.SourcePort port -> "source port";
            case MatchInput.SourceType type -> "source type";
            case MatchInput.TransportProtocol transport -> "transport";
            case MatchInput.ApplicationProtocols protocols -> "application protocols";
            case MatchInput.Header header -> "header `" + header.name() + "`";
            case Unmodelled unmodelled -> "(" + unmodelled.reason() + ")";
        };
    }

    private static String of(HeaderMatch match) {
        String asked = switch (match.test()) {
            case HeaderMatch.Test.Present present -> present.present() ? "is there" : "is not there";
            case HeaderMatch.Test.Text text -> of(text.matcher());
            case HeaderMatch.Test.Range range -> "is a number from " + range.start() + " to below " + range.end();
        };
        return "header `" + match.name() + "` " + (match.invert() ? "(inverted) " : "") + asked;
    }

    private static String of(TextMatcher matcher) {
        return switch (matcher) {
            case TextMatcher.Exact exact -> quoted("is", exact.text(), exact.ignoreCase());
            case TextMatcher.StartsWith prefix -> quoted("starts with", prefix.text(), prefix.ignoreCase());
            case TextMatcher.EndsWith suffix -> quoted("ends with", suffix.text(), suffix.ignoreCase());
            case TextMatcher.Contains infix -> quoted("contains", infix.text(), infix.ignoreCase());
            case TextMatcher.Regex regex ->
                quoted("fits the regular expression", regex.pattern().pattern(), false);
            case Unmodelled unmodelled -> "(" + unmodelled.reason() + ")";
        };
    }

    private static String quoted(String verb, String text, boolean ignoreCase) {
        return verb + " \"" + text + "\"" + (ignoreCase ? " in any case" : "");
    }
}
