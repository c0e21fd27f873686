package dev.writ.runtime.proof;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.proof.Remedy.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest permission that may let a caller in: its exact SPIFFE ID, to this inbound. In {@code .writ}, where the mesh's
 * permissions are; else as Kuma's resource.
 */
record SuggestedPermission(String rule, String resource, Language language, boolean raw) {
    private static final List<String> WRITTEN = List.of(".writ", ".feature");

    /** The best first; none for a caller that no permission can name. */
    static List<SuggestedPermission> of(
            MeshModel model, Workload callee, InboundPolicy policy, List<String> sans, Call call) {
        String id = sans.getFirst();
        if (SpiffeId.fault(id).isPresent()) {
            return List.of();
        }
        SuggestedPermission kuma = kuma(model, callee, policy, sans);
        // Of a whole policy in Kuma's form there is no permission of Writ beside it.
        return policy.form() == Form.MATCHER && isWrit(model, callee)
                ? List.of(SuggestedRule.of(model, callee, policy.inbound(), sans, call), kuma)
                : List.of(kuma);
    }

    /** Whether the mesh's permissions, or where it has none the callee, are written in Writ. */
    private static boolean isWrit(MeshModel model, Workload callee) {
        List<SourceSpan> permissions = model.meshOf(callee.key()).permissions().stream()
                .map(Permission::span)
                .toList();
        return (permissions.isEmpty() ? List.of(callee.span()) : permissions)
                .stream().anyMatch(span -> WRITTEN.stream().anyMatch(span.file().name()::endsWith));
    }

    /** As a source. */
    SourceFile file() {
        return new SourceFile(language == Language.WRIT ? "permission.writ" : "permission.yaml", resource);
    }

    private static SuggestedPermission kuma(MeshModel model, Workload callee, InboundPolicy policy, List<String> sans) {
        String id = sans.getFirst();
        boolean isLegacy = policy.form() == Form.PRINCIPALS;
        // Joined SANs equal no exact SPIFFE ID; they begin with the first.
        boolean isRaw = !isLegacy && sans.size() > 1;
        String service = id.substring(id.lastIndexOf('/') + 1);
        String rule = isLegacy
                ? "- targetRef:\n    kind: MeshSubset\n    tags:\n      kuma.io/service: " + service
                        + "\n  default:\n    action: Allow\n"
                : "- default:\n    allow:\n      - spiffeID:\n          type: " + (isRaw ? "Prefix" : "Exact")
                        + "\n          value: " + id + "\n";
        String name = name(service, callee.key().name());
        String resource = head(callee, name)
                + "spec:\n  targetRef:\n    kind: Dataplane\n    labels:\n"
                + labels(model, callee)
                + sectionName(callee, policy.inbound())
                + (isLegacy ? "  from:\n" : "  rules:\n")
                + rule.indent(4);
        return new SuggestedPermission(rule, resource, Language.KUMA, isRaw);
    }

    static String name(String caller, String callee) {
        String name = (callee + "-allow-" + caller).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.substring(0, Math.min(name.length(), 60)).replaceAll("^-|-$", "");
    }

    private static String head(Workload callee, String name) {
        String namespace = callee.key().namespace();
        String mesh = callee.key().mesh();
        return namespace == null
                ? "type: MeshTrafficPermission\nmesh: " + mesh + "\nname: " + name + "\n"
                : "apiVersion: kuma.io/v1alpha1\nkind: MeshTrafficPermission\nmetadata:\n  name: " + name
                        + "\n  namespace: " + namespace + "\n  labels:\n    kuma.io/mesh: " + mesh + "\n";
    }

    /** The label that the fewest other workloads have, one of its author's own if it will do. */
    private static String labels(MeshModel model, Workload callee) {
        return callee.labels().entrySet().stream()
                .min(Comparator.<Map.Entry<String, String>>comparingLong(label -> model.workloads().stream()
                                .filter(workload -> label.getValue()
                                        .equals(workload.labels().get(label.getKey())))
                                .count())
                        .thenComparing(label -> label.getKey().contains("kuma.io/"))
                        .thenComparing(Map.Entry::getKey))
                .map(label -> "      " + label.getKey() + ": '" + label.getValue() + "'\n")
                .orElse("      {}\n");
    }

    private static String sectionName(Workload callee, Inbound inbound) {
        return callee.inbounds().size() == 1
                ? ""
                : "    sectionName: '" + Optional.ofNullable(inbound.name()).orElse(String.valueOf(inbound.port()))
                        + "'\n";
    }
}
