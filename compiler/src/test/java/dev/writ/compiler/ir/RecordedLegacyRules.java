package dev.writ.compiler.ir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification.ByMeshCa;
import dev.writ.compiler.ir.FromMerge.Merged;
import dev.writ.compiler.ir.LegacyRules.Placed;
import dev.writ.compiler.ir.LegacyRules.Setting;
import dev.writ.compiler.ir.TagSubset.Tag;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.LegacyRule;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Lowers legacy rules as the recorded cases hold them: {@code from} entries that are merged already. */
public final class RecordedLegacyRules {
    private RecordedLegacyRules() {}

    public static InboundPolicy lower(JsonNode rules, String mesh) {
        List<Merged<Setting>> merged = new ArrayList<>();
        List<Placed> placed = new ArrayList<>();
        for (JsonNode rule : rules) {
            List<Tag> tags = new ArrayList<>();
            rule.path("subset")
                    .forEach(tag -> tags.add(new Tag(
                            tag.path("key").asText(),
                            tag.path("value").asText(),
                            tag.path("not").asBoolean())));
            LegacyRule from = new LegacyRule(
                    new TreeMap<>(), action(rule.path("conf").path("action").asText()), RecordedResources.PLACE);
            merged.add(new Merged<>(
                    new TagSubset(tags), new Setting(Optional.ofNullable(from.action())), List.of(placed.size())));
            placed.add(new Placed(permission(from), placed.size(), from));
        }
        return new LegacyRules(mesh)
                .lowered(merged, placed)
                .of(
                        new Inbound(null, 8080, Protocol.TCP, Inbound.State.READY, RecordedResources.PLACE),
                        new MutualTls(new ByMeshCa(mesh), List.of("spiffe://" + mesh + "/"), false));
    }

    private static Permission.Action action(String name) {
        return switch (name) {
            case "Allow" -> Permission.Action.ALLOW;
            case "Deny" -> Permission.Action.DENY;
            case "AllowWithShadowDeny" -> Permission.Action.SHADOW_DENY;
            default -> throw new AssertionError(name);
        };
    }

    private static Permission permission(LegacyRule from) {
        return new Permission(
                "mtp", null, null, new WholeMesh(), List.of(), List.of(from), "kri_mtp_mtp_", RecordedResources.PLACE);
    }
}
