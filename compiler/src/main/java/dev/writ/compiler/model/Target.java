package dev.writ.compiler.model;

import java.util.Optional;

/**
 * What a policy is compiled for. A version of Kuma's stands for its control plane: the same resources mean different things
 * to different versions, so the target is known from the model on.
 */
public enum Target {
    /** Complete static Envoy config, without a control plane; resources are read as Kuma 3 reads them. */
    ENVOY("envoy", ""),
    KUMA_2_12("kuma-2.12", "2.12.14"),
    KUMA_2_13("kuma-2.13", "2.13.10"),
    KUMA_2_14("kuma-2.14", "2.14.3"),
    KUMA_3("kuma-3", "commit 348b652"),
    /** Kuma's YAML again. */
    RESOURCES("resources", "");

    private final String id;
    private final String checkedAgainst;

    Target(String id, String checkedAgainst) {
        this.id = id;
        this.checkedAgainst = checkedAgainst;
    }

    /** The name on the command line. */
    public String id() {
        return id;
    }

    /** The patch release or commit of Kuma whose behaviour this target was checked against; empty for the others. */
    public Optional<String> checkedAgainst() {
        return checkedAgainst.isEmpty() ? Optional.empty() : Optional.of(checkedAgainst);
    }

    public boolean isKuma() {
        return !checkedAgainst.isEmpty();
    }

    /** Whether this is a Kuma that has builtin mTLS, legacy {@code from} and inbound tags: 2.12 to 2.14. */
    public boolean isKuma2() {
        return switch (this) {
            case KUMA_2_12, KUMA_2_13, KUMA_2_14 -> true;
            case ENVOY, KUMA_3, RESOURCES -> false;
        };
    }

    /** Whether this is a Kuma of this version or a newer one. */
    public boolean isKumaSince(Target version) {
        return isKuma() && compareTo(version) >= 0;
    }

    /** The target of this name on the command line. */
    public static Optional<Target> of(String id) {
        for (Target target : values()) {
            if (target.id.equals(id)) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return id;
    }
}
