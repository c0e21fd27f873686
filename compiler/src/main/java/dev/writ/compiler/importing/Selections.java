package dev.writ.compiler.importing;

import dev.writ.compiler.model.KumaLabels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workloads by what their labels must be, in the words of the Writ language. */
final class Selections {
    private Selections() {}

    /**
     * @param namespace the one they must be in beside; null for any
     * @return nothing can be said where the labels ask for another namespace
     */
    static @Nullable String of(Map<String, String> labels, @Nullable String namespace) {
        Map<String, String> rest = new LinkedHashMap<>(new TreeMap<>(labels));
        String labelled = rest.remove(KumaLabels.NAMESPACE);
        if (labelled != null && namespace != null && !labelled.equals(namespace)) {
            return null;
        }
        String in = labelled == null ? namespace : labelled;
        String where = rest.entrySet().stream()
                .map(label -> WritWriter.name(label.getKey()) + " = " + WritWriter.text(label.getValue()))
                .collect(Collectors.joining(" and "));
        return "workloads" + (in == null ? "" : " in namespace " + WritWriter.text(in))
                + (where.isEmpty() ? "" : " where " + where);
    }
}
