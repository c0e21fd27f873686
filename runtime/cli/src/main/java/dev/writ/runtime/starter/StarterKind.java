package dev.writ.runtime.starter;

import dev.writ.compiler.model.Target;
import java.util.List;
import java.util.Locale;

/** What a starter project that has no sources yet is about. */
public enum StarterKind {
    /** Kuma's own YAML, for its control plane. */
    KUMA(Target.KUMA_2_14, "- **Ship it**: `kubectl apply -f policy/`, without the examples in `workloads.yaml`."),
    /** Policy in the Writ language, for Envoys without a control plane. */
    ENVOY(
            Target.ENVOY,
            "- **Ship it**: `writ compile policy --out build` and `writ issue policy --out build` write a folder for each"
                    + " workload; `envoy -c envoy.yaml` is started in it.");

    private final Target usualTarget;
    private final String shipping;

    StarterKind(Target usualTarget, String shipping) {
        this.usualTarget = usualTarget;
        this.shipping = shipping;
    }

    /** What its policy is compiled for where nothing else is said. */
    public Target usualTarget() {
        return usualTarget;
    }

    /** Whether its policy can be compiled for a target. */
    public boolean fits(Target target) {
        return target.isKuma() == usualTarget.isKuma() && target != Target.RESOURCES;
    }

    /** The names of its policy files. */
    List<String> policies() {
        return switch (this) {
            case KUMA -> List.of("mesh.yaml", "identity.yaml", "permissions.yaml", "workloads.yaml");
            case ENVOY -> List.of("permissions.writ", "workloads.writ");
        };
    }

    /** How its policy gets to where it is enforced, as a line of Markdown. */
    String shipping() {
        return shipping;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
