package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of a MeshTrafficPermission's {@code rules}, and refuses what Kuma's own validation refuses
 * ({@code meshtrafficpermission/api/v1alpha1/validator.go}): an entry without a match, and a value, of a prefix too, that
 * is no SPIFFE ID. The empty match, which Kuma lets through, is refused as Envoy does: it rejects the whole listener.
 */
final class RuleReader {
    private RuleReader() {}

    static RuleSyntax read(Fields entry) {
        Fields lists = entry.requiredMapping("default");
        List<MatchSyntax> deny = matches(lists, "deny");
        List<MatchSyntax> shadowDeny = matches(lists, "allowWithShadowDeny");
        List<MatchSyntax> allow = matches(lists, "allow");
        if (lists.isPresent() && isEmpty(lists, "deny", "allowWithShadowDeny", "allow")) {
            lists.sink()
                    .add(
                            DiagnosticId.SCHEMA_MISSING_FIELD,
                            lists.span(),
                            "a rule without a match",
                            "give at least one of `allow`, `allowWithShadowDeny` and `deny` an entry");
        }
        lists.refuseOthers();
        entry.refuseOthers();
        return new RuleSyntax(deny, shadowDeny, allow, entry.span());
    }

    private static boolean isEmpty(Fields lists, String... names) {
        for (String name : names) {
            // A list of a wrong type has its own finding.
            YamlNode list = lists.any(name);
            if (list != null
                    && !(list instanceof YamlNode.Sequence sequence
                            && sequence.items().isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private static List<MatchSyntax> matches(Fields lists, String name) {
        List<MatchSyntax> matches = new ArrayList<>();
        for (Fields fields : lists.mappings(name)) {
            MatchSyntax match = match(fields);
            if (match != null) {
                matches.add(match);
            }
        }
        return matches;
    }

    private static @Nullable MatchSyntax match(Fields match) {
        YamlNode spiffeId = match.any("spiffeID");
        boolean serverName = match.any("sni") != null;
        match.unsupported(
                "sni",
                "matches on `sni` are not supported yet",
                "match callers by `spiffeID`; SNI matches are for zone egress (Kuma 2.14 and newer)");
        boolean misspelt = match.hasOthers();
        if (spiffeId == null && !serverName && !misspelt) {
            match.sink()
                    .add(
                            DiagnosticId.PERMISSION_EMPTY_MATCH,
                            match.span(),
                            "a match without a condition",
                            "Envoy refuses the whole listener for it; to match every caller of a trust domain, use a `Prefix`");
        }
        match.refuseOthers();
        return spiffeId == null ? null : spiffeId(match.mapping("spiffeID"), match.span());
    }

    private static @Nullable MatchSyntax spiffeId(Fields fields, SourceSpan span) {
        fields.require("type");
        fields.require("value");
        Located<String> type = fields.oneOf("type", List.of("Exact", "Prefix"));
        SourceText value = fields.text("value");
        fields.refuseOthers();
        if (type == null || value == null || refuseInvalid(value, type.value(), fields.sink())) {
            return null;
        }
        SourceSpan whole = span.to(value.span());
        return type.value().equals("Exact") ? new ExactMatch(value, whole) : new PrefixMatch(value, whole);
    }

    private static boolean refuseInvalid(SourceText value, String type, DiagnosticSink sink) {
        SpiffeId.Fault fault = SpiffeId.fault(value.value()).orElse(null);
        if (fault == null) {
            return false;
        }
        SourceSpan span = fault.start() < fault.end() ? value.span(fault.start(), fault.end()) : value.span();
        boolean slash = type.equals("Prefix") && value.value().endsWith("/");
        String help = slash
                ? "Kuma refuses this prefix too; one without the slash also admits names that only begin alike, so"
                        + " name the next segment: `…/ns/kuma-demo/sa`"
                : null;
        sink.add(Diagnostic.of(DiagnosticId.SPIFFE_ID_INVALID, span, fault.message(), help));
        return true;
    }
}
