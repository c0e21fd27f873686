package dev.writ.runtime.cli;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.proof.Remedy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would allow a denied call, one of: {@code permission} with whom it lets in, {@code remove} with the places of denies, {@code
 * missing}.
 */
final class RemedyJson {
    private RemedyJson() {}

    static @Nullable Map<String, @Nullable Object> of(Explanation explanation) {
        return explanation.remedy().map(RemedyJson::of).orElse(null);
    }

    private static Map<String, @Nullable Object> of(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Permission permission ->
                Json.object(
                        "permission", permission.resource(),
                        "language", permission.language().name().toLowerCase(Locale.ROOT),
                        "admits", names(permission.admits()),
                        "otherCallees", names(permission.callees()));
            case Remedy.WithoutDenies denies ->
                Json.object(
                        "remove",
                                denies.denies().stream()
                                        .map(DiagnosticJson::location)
                                        .toList(),
                        "thenAllow", denies.thenAllow(),
                        "orEarlierAllow", denies.orEarlierAllow());
            case Remedy.Credentials credentials -> Json.object("missing", credentials.missing());
        };
    }

    private static List<String> names(List<WorkloadKey> keys) {
        return keys.stream().map(WorkloadKey::shortName).toList();
    }
}
