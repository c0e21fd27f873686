package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import java.util.List;

/** Reads {@code MeshTrafficPermission}. */
final class PermissionReader {
    private PermissionReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        TargetRef target = TargetRefReader.read(spec);
        boolean from = spec.any("from") != null;
        spec.unsupported(
                "from",
                "the legacy `from` is not supported yet",
                "write `rules` with `spiffeID` matches; Kuma 3 knows no `from`, and 2.14 ignores it where there is a"
                        + " MeshIdentity");
        List<RuleSyntax> rules = rules(spec, from);
        spec.refuseOthers();
        return new PermissionResource(
                document.metadata(), document.metadata().name().span(), target, rules);
    }

    /**
     * The list {@code rules}, of a resource or of a doc string.
     *
     * @param optional whether something else stands in its place, so that its absence is not reported
     */
    static List<RuleSyntax> rules(Fields spec, boolean optional) {
        if (!optional) {
            spec.require("rules");
        }
        if (spec.any("rules") instanceof YamlNode.Sequence list && list.items().isEmpty()) {
            spec.sink()
                    .add(
                            DiagnosticId.SCHEMA_MISSING_FIELD,
                            spec.keySpan("rules"),
                            "a permission without rules",
                            "no permission at all denies every caller");
        }
        return spec.mappings("rules").stream().map(RuleReader::read).toList();
    }
}
