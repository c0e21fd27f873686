package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the {@code targetRef} at the top of a policy: {@code Mesh} and {@code Dataplane}, the kinds that Kuma 3 keeps. */
final class TargetRefReader {
    private static final List<String> FIELDS =
            List.of("name", "namespace", "labels", "sectionName", "tags", "mesh", "proxyTypes");

    private TargetRefReader() {}

    static TargetRef read(Fields spec) {
        Fields ref = spec.mapping("targetRef");
        if (!ref.isPresent()) {
            return new WholeMesh();
        }
        ref.require("kind");
        Located<String> kind = ref.name("kind");
        ref.pass(FIELDS.toArray(String[]::new));
        TargetRef target = new WholeMesh();
        if (kind != null) {
            switch (kind.value()) {
                case "Mesh" -> {
                    refuseFields(ref, "Mesh", List.of("proxyTypes"));
                    unsupportedProxyTypes(ref);
                }
                case "Dataplane" -> target = dataplanes(ref);
                default -> refuseKind(ref, kind);
            }
        }
        ref.refuseOthers();
        return target;
    }

    private static TargetRef dataplanes(Fields ref) {
        refuseFields(ref, "Dataplane", List.of("name", "namespace", "labels", "sectionName"));
        Map<String, SourceText> labels = Objects.requireNonNullElse(ref.texts("labels"), Map.of());
        Located<String> name = ref.name("name");
        Located<String> namespace = ref.name("namespace");
        if (!labels.isEmpty() && (name != null || namespace != null)) {
            ref.sink()
                    .add(
                            DiagnosticId.SCHEMA_INVALID_VALUE,
                            ref.keySpan("labels"),
                            "`labels` and `name` exclude each other",
                            "select by labels, or by name and namespace");
        }
        return new Dataplanes(labels, name, namespace, ref.name("sectionName"));
    }

    /** Fields that exist but do not go with this kind, as Kuma's validation has it. */
    private static void refuseFields(Fields ref, String kind, List<String> allowed) {
        List<String> selecting = List.of("labels", "name", "sectionName");
        for (String field : FIELDS) {
            if (!allowed.contains(field) && ref.any(field) != null) {
                String help = selecting.contains(field)
                        ? "`kind: Dataplane` selects by " + ScalarChecks.list(selecting)
                        : null;
                ref.sink()
                        .add(
                                DiagnosticId.SCHEMA_INVALID_VALUE,
                                ref.keySpan(field),
                                "`" + field + "` does not go with `kind: " + kind + "`",
                                help);
            }
        }
    }

    private static void unsupportedProxyTypes(Fields ref) {
        ref.unsupported("proxyTypes", "`proxyTypes` is not supported yet", "leave it out: the policy is for sidecars");
    }

    private static void refuseKind(Fields ref, Located<String> kind) {
        String help = switch (kind.value()) {
            case "MeshSubset" -> "use `kind: Dataplane` with `labels`, which Kuma 2.13 and newer know";
            case "MeshService", "MeshServiceSubset" ->
                "use `kind: Dataplane` with the labels of the pods behind the service";
            case "MeshGateway" -> "built-in gateways are not modelled";
            default -> null;
        };
        if (help == null) {
            List<String> kinds = List.of("Mesh", "Dataplane");
            ref.sink()
                    .add(
                            DiagnosticId.SCHEMA_INVALID_VALUE,
                            kind.span(),
                            "a permission cannot select `" + kind.value() + "`",
                            NearName.help(kind.value(), kinds).orElse("it is one of " + ScalarChecks.list(kinds)));
            return;
        }
        ref.sink()
                .add(
                        DiagnosticId.SCHEMA_UNSUPPORTED,
                        kind.span(),
                        "the selector `" + kind.value() + "` is not supported yet",
                        help);
    }
}
