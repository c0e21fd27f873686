package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Labels that a policy asks for: a workload is selected if it has them all. */
record Selector(Map<String, SourceText> wanted) {

    /** A label that no workload has, with the name or value that was probably meant. */
    record Miss(SourceSpan place, String message, @Nullable String help) {}

    boolean selects(Workload workload) {
        return wanted.entrySet().stream()
                .allMatch(entry ->
                        entry.getValue().value().equals(workload.labels().get(entry.getKey())));
    }

    /** The first wanted label that none of the workloads has. */
    Optional<Miss> miss(List<Workload> workloads) {
        for (Map.Entry<String, SourceText> entry : wanted.entrySet()) {
            String key = entry.getKey();
            String value = entry.getValue().value();
            NavigableSet<String> keys = new TreeSet<>();
            NavigableSet<String> values = new TreeSet<>();
            for (Workload workload : workloads) {
                keys.addAll(workload.labels().keySet());
                Optional.ofNullable(workload.labels().get(key)).ifPresent(values::add);
            }
            if (!values.contains(value)) {
                String help = values.isEmpty()
                        ? NearName.help(key, keys).orElse(null)
                        : NearName.help(value, values).orElse(null);
                String message = "none has the label `" + key + (values.isEmpty() ? "`" : ": " + value + "`");
                return Optional.of(new Miss(entry.getValue().span(), message, help));
            }
        }
        return Optional.empty();
    }
}
