package dev.writ.runtime.cli;

import dev.writ.compiler.model.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verification for scripts; {@code difference} is null where the proxy is as predicted. */
final class VerificationJson {
    private VerificationJson() {}

    static Map<String, @Nullable Object> of(Verification verification, Target target) {
        return TargetOption.with(
                Json.object(
                        "workload",
                        verification.workload().key().shortName(),
                        "equal",
                        verification.isEqual(),
                        "difference",
                        verification.isEqual() ? null : difference(verification)),
                target);
    }

    private static Map<String, @Nullable Object> difference(Verification verification) {
        return Json.object(
                "part", verification.part(),
                "rule", verification.permissionName(),
                "message", verification.message(),
                "where", verification.where(),
                "predicted", verification.predicted(),
                "found", verification.found(),
                "path", verification.path(),
                "help", verification.help(),
                "location", DiagnosticJson.location(verification.place()));
    }
}
