package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MatchSyntax.CallerAndServerNameMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.EmptyMatch;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import dev.writ.compiler.syntax.MatchSyntax.ServerNameMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of a MeshTrafficPermission's {@code rules}, and refuses what Kuma's own validation refuses
 * ({@code meshtrafficpermission/api/v1alpha1/validator.go}): an entry without a match, a value, of a prefix too, that is no
 * SPIFFE ID, a server name that is none. The empty match Kuma lets through.
 */
final class RuleReader {
    /** A DNS subdomain (RFC 1123), as the Kubernetes API has it. */
    private static final Pattern SERVER_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private RuleReader() {}

    static RuleSyntax read(Fields entry) {
        if (entry.any("default") == null) {
            String message = "`" + entry.path().field("default") + "` is missing";
            entry.refuse(DiagnosticId.SCHEMA_MISSING_FIELD, entry.span(), message, null);
        }
        // Kuma's validation says `spec.rules[0].allow[0]`.
        Fields lists = entry.mapping("default").unnamed();
        List<MatchSyntax> deny = matches(lists, "deny");
        List<MatchSyntax> shadowDeny = matches(lists, "allowWithShadowDeny");
        List<MatchSyntax> allow = matches(lists, "allow");
        if (lists.isPresent() && isEmpty(lists, "deny", "allowWithShadowDeny", "allow")) {
            lists.refuse(
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
        boolean hasCaller = match.any("spiffeID") != null;
        boolean hasServerName = match.any("sni") != null;
        boolean isMisspelt = match.hasOthers();
        match.refuseOthers();
        CallerMatch caller = hasCaller ? caller(match) : null;
        ServerNameMatch serverName = hasServerName ? serverName(match) : null;
        if (caller != null && serverName != null) {
            return new CallerAndServerNameMatch(caller, serverName, match.span().to(lastOf(caller, serverName)));
        }
        if (hasCaller && caller == null || hasServerName && serverName == null || isMisspelt) {
            return null;
        }
        return caller != null ? caller : serverName != null ? serverName : new EmptyMatch(match.span());
    }

    private static SourceSpan lastOf(MatchSyntax first, MatchSyntax second) {
        return first.span().end() > second.span().end() ? first.span() : second.span();
    }

    private static @Nullable CallerMatch caller(Fields match) {
        Fields fields = match.mapping("spiffeID");
        fields.require("type");
        if (fields.isPresent() && fields.any("value") == null) {
            // Kuma takes it for an empty one, and says so of the SPIFFE ID.
            match.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    "spiffeID",
                    match.keySpan("spiffeID"),
                    "`" + fields.path().field("value") + "` is missing",
                    null);
        }
        Located<String> type = fields.oneOf("type", List.of("Exact", "Prefix"));
        SourceText value = fields.text("value");
        fields.refuseOthers();
        if (type == null || value == null || refuseInvalid(value, type.value(), match)) {
            return null;
        }
        SourceSpan whole = match.span().to(value.span());
        return type.value().equals("Exact") ? new ExactMatch(value, whole) : new PrefixMatch(value, whole);
    }

    private static boolean refuseInvalid(SourceText value, String type, Fields match) {
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
        match.refuse(DiagnosticId.SPIFFE_ID_INVALID, "spiffeID", span, fault.message(), help);
        return true;
    }

    private static @Nullable ServerNameMatch serverName(Fields match) {
        Fields fields = match.mapping("sni");
        fields.require("type");
        fields.require("value");
        fields.oneOf("type", List.of("Exact"));
        SourceText value = fields.text("value");
        fields.refuseOthers();
        if (value == null) {
            return null;
        }
        if (value.value().length() > 253 || !SERVER_NAME.matcher(value.value()).matches()) {
            fields.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "value",
                    value.span(),
                    value.value().isEmpty() ? "an empty server name" : "`" + value.value() + "` is no server name",
                    "a server name holds lower case letters, digits, `-` and `.`, and starts and ends with a letter or"
                            + " digit");
            return null;
        }
        return new ServerNameMatch(value, match.span().to(value.span()));
    }
}
