package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leaves out what belongs to another zone: a Dataplane, MeshIdentity or policy that the label {@code kuma.io/zone} puts there,
 * unless it comes from the global control plane (Kuma's {@code dppSelectedByZone}). One warning for each zone that no run is about.
 */
final class ZoneFilter {
    private record Left(SourceSpan first, SortedMap<String, Integer> countByKind) {}

    private final String zone;
    private final List<String> predicted;
    private final SortedMap<String, Left> leftOut = new TreeMap<>();

    ZoneFilter(ModelOptions options) {
        this.zone = options.zone();
        this.predicted = options.zoneNames();
    }

    boolean isLocal(String kind, Metadata metadata) {
        String stated = metadata.label(KumaLabels.ZONE);
        if (stated == null || stated.equals(zone) || "global".equals(metadata.label(KumaLabels.ORIGIN))) {
            return true;
        }
        if (predicted.contains(stated)) {
            return false;
        }
        leftOut.computeIfAbsent(stated, none -> new Left(metadata.labelSpan(KumaLabels.ZONE), new TreeMap<>()))
                .countByKind()
                .merge(kind, 1, Integer::sum);
        return false;
    }

    void report(DiagnosticSink diagnostics) {
        leftOut.forEach((other, left) -> {
            ArrayList<String> counts = new ArrayList<>();
            for (Map.Entry<String, Integer> entry : left.countByKind().entrySet()) {
                counts.add(entry.getValue() + " " + entry.getKey());
            }
            diagnostics.add(Diagnostic.of(
                    DiagnosticId.ZONE_OTHER,
                    left.first(),
                    "left out what belongs to the zone `" + other + "`: " + String.join(", ", counts),
                    "`--zone " + other + "` predicts that zone; this run is about `" + String.join("`, `", predicted)
                            + "`"));
        });
    }
}
