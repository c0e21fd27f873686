package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.List;

/** Reads {@code MeshTrafficPermission}, with {@code rules} or the legacy {@code from}. */
final class PermissionReader {
    private static final List<String> ACTIONS = List.of("Allow", "Deny", "AllowWithShadowDeny");

    private PermissionReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        boolean hasRules = !spec.items("rules").isEmpty();
        boolean hasFrom = !spec.items("from").isEmpty();
        TargetRef target = TargetRefReader.read(spec, TargetRefReader.Place.TOP_OF_PERMISSION, hasRules || hasFrom);
        List<RuleSyntax> rules = rules(spec, hasFrom);
        List<FromSyntax> from =
                spec.mappings("from").stream().map(PermissionReader::from).toList();
        spec.refuseOthers();
        return new PermissionResource(
                document.metadata(), document.metadata().name().span(), target, rules, from, false);
    }

    /**
     * The list {@code rules}, of a resource or of a doc string.
     *
     * @param optional whether something else stands in its place, so that its absence is not reported
     */
    static List<RuleSyntax> rules(Fields spec, boolean optional) {
        YamlNode list = spec.any("rules");
        if (list == null && !optional && spec.isPresent()) {
            spec.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    spec.span(),
                    "`" + spec.path().field("rules") + "` is missing",
                    null);
        } else if (list instanceof Sequence sequence && sequence.items().isEmpty() && !optional) {
            spec.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    spec.keySpan("rules"),
                    "a permission without rules",
                    "no permission at all denies every caller");
        }
        return spec.mappings("rules").stream().map(RuleReader::read).toList();
    }

    private static FromSyntax from(Fields entry) {
        entry.require("targetRef");
        TargetRef callers = TargetRefReader.read(entry, TargetRefReader.Place.FROM_OF_PERMISSION, true);
        Fields conf = entry.mapping("default");
        if (conf.any("action") == null) {
            conf.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    "action",
                    conf.span(),
                    "`" + conf.path().field("action") + "` is missing",
                    "it is one of " + ScalarChecks.list(ACTIONS));
        }
        Located<String> action = conf.oneOf("action", ACTIONS);
        conf.refuseOthers();
        entry.refuseOthers();
        return new FromSyntax(callers, action, entry.span());
    }
}
