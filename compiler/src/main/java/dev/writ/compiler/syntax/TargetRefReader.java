package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.Service;
import dev.writ.compiler.syntax.TargetRef.Subset;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code targetRef}, at the top of a policy or in an entry of {@code from}, as all versions of Kuma together have it,
 * and refuses the fields that do not go with its kind ({@code core/resources/apis/mesh/validators.go}). Version 3 keeps
 * {@code Mesh} and {@code Dataplane} only.
 */
final class TargetRefReader {
    private static final List<String> FIELDS =
            List.of("name", "namespace", "labels", "sectionName", "tags", "mesh", "proxyTypes");

    /** Where a {@code targetRef} stands, with the kinds that are possible there. */
    enum Place {
        TOP_OF_PERMISSION,
        TOP_OF_TLS,
        FROM_OF_PERMISSION,
        FROM_OF_TLS;

        private List<String> kinds() {
            return switch (this) {
                case TOP_OF_PERMISSION ->
                    List.of("Mesh", "Dataplane", "MeshSubset", "MeshService", "MeshServiceSubset");
                case TOP_OF_TLS -> List.of("Mesh", "Dataplane", "MeshSubset");
                case FROM_OF_PERMISSION -> List.of("Mesh", "MeshSubset", "MeshService", "MeshServiceSubset");
                case FROM_OF_TLS -> List.of("Mesh");
            };
        }
    }

    private final Fields ref;
    private final Place place;

    private TargetRefReader(Fields ref, Place place) {
        this.ref = ref;
        this.place = place;
    }

    /**
     * What is selected; the whole mesh where there is no {@code targetRef}, or, with a finding, none that can be read.
     *
     * @param isInbound whether the policy says something of inbounds, so that it may select one of them
     */
    static TargetRef read(Fields parent, Place place, boolean isInbound) {
        Fields ref = parent.mapping("targetRef");
        if (!ref.isPresent()) {
            return new WholeMesh();
        }
        ref.require("kind");
        ref.pass(FIELDS.toArray(String[]::new));
        Located<String> kind = ref.name("kind");
        TargetRef target = kind == null ? new WholeMesh() : new TargetRefReader(ref, place).read(kind, isInbound);
        ref.refuseOthers();
        return target;
    }

    private TargetRef read(Located<String> kind, boolean isInbound) {
        if (!place.kinds().contains(kind.value())) {
            refuseKind(kind);
            return new WholeMesh();
        }
        return switch (kind.value()) {
            case "Mesh" -> {
                refuseFields("Mesh", List.of("proxyTypes"));
                refuseGatewaysOnly();
                yield new WholeMesh();
            }
            case "MeshSubset" -> {
                refuseFields("MeshSubset", List.of("tags", "proxyTypes"));
                refuseGatewaysOnly();
                yield new Subset(tags(), kind.span());
            }
            case "MeshService", "MeshServiceSubset" -> service(kind);
            case "Dataplane" -> dataplanes(isInbound);
            default -> throw new IllegalStateException("no reader for the target " + kind.value());
        };
    }

    private TargetRef service(Located<String> kind) {
        boolean isSubset = kind.value().equals("MeshServiceSubset");
        refuseFields(
                kind.value(),
                isSubset
                        ? List.of("name", "namespace", "tags", "proxyTypes")
                        : List.of("name", "namespace", "labels", "sectionName"));
        Map<String, SourceText> labels =
                isSubset ? Map.of() : Objects.requireNonNullElse(ref.texts("labels"), Map.of());
        Located<String> name = ref.name("name");
        if (!labels.isEmpty()) {
            refuseBoth(name, ref.name("namespace"));
            // Kuma admits it, and looks for a tag of that name, which is empty.
            return new Service(new Located<>("", ref.keySpan("labels")), Map.of(), false, kind.span());
        }
        ref.require("name");
        return name == null ? new WholeMesh() : new Service(name, tags(), isSubset, kind.span());
    }

    private Map<String, SourceText> tags() {
        return Objects.requireNonNullElse(ref.texts("tags"), Map.of());
    }

    private TargetRef dataplanes(boolean isInbound) {
        refuseFields("Dataplane", List.of("name", "namespace", "labels", "sectionName"));
        Map<String, SourceText> labels = Objects.requireNonNullElse(ref.texts("labels"), Map.of());
        Located<String> name = ref.name("name");
        Located<String> namespace = ref.name("namespace");
        if (!labels.isEmpty()) {
            refuseBoth(name, namespace);
        }
        Located<String> section = ref.name("sectionName");
        if (section != null && !section.value().isEmpty() && !isInbound) {
            ref.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "sectionName",
                    ref.keySpan("sectionName"),
                    "an inbound is selected, but nothing is said about inbounds",
                    "`rules` says what holds for them");
        }
        return new Dataplanes(labels, name, namespace, section);
    }

    private void refuseBoth(@Nullable Located<String> name, @Nullable Located<String> namespace) {
        if (name != null || namespace != null) {
            ref.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "labels",
                    ref.keySpan("labels"),
                    "`labels` and `name` exclude each other",
                    "select by labels, or by name and namespace");
        }
    }

    /** Fields that exist but do not go with this kind, as Kuma's validation has it. */
    private void refuseFields(String kind, List<String> allowed) {
        List<String> selecting = List.of("labels", "name", "sectionName");
        for (String field : FIELDS) {
            if (!allowed.contains(field) && ref.any(field) != null) {
                String help = selecting.contains(field) && kind.equals("Mesh")
                        ? "`kind: Dataplane` selects by " + ScalarChecks.list(selecting)
                        : null;
                ref.refuse(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        field,
                        ref.keySpan(field),
                        "`" + field + "` does not go with `kind: " + kind + "`",
                        help);
            }
        }
    }

    /** With sidecars among them, {@code proxyTypes} leaves out only gateways, which have no inbounds. */
    private void refuseGatewaysOnly() {
        List<String> types = new ArrayList<>();
        for (YamlNode item : ref.items("proxyTypes")) {
            if (item instanceof Scalar scalar) {
                types.add(scalar.value());
            }
        }
        if (!types.isEmpty() && !types.contains("Sidecar")) {
            ref.unsupported(
                    "proxyTypes",
                    "a policy for gateways only is not supported",
                    "built-in gateways are not modelled; leave it out for sidecars");
        }
    }

    private void refuseKind(Located<String> kind) {
        if (kind.value().equals("MeshGateway") && place == Place.TOP_OF_PERMISSION) {
            ref.refuse(
                    DiagnosticId.SCHEMA_UNSUPPORTED,
                    "kind",
                    kind.span(),
                    "the selector `MeshGateway` is not supported",
                    "built-in gateways are not modelled");
            return;
        }
        ref.refuse(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                "kind",
                kind.span(),
                switch (place) {
                    case TOP_OF_PERMISSION -> "a permission cannot select `" + kind.value() + "`";
                    case TOP_OF_TLS -> "a MeshTLS cannot select `" + kind.value() + "`";
                    case FROM_OF_PERMISSION, FROM_OF_TLS -> "callers cannot be selected by `" + kind.value() + "`";
                },
                NearName.help(kind.value(), place.kinds()).orElse("it is one of " + ScalarChecks.list(place.kinds())));
    }
}
