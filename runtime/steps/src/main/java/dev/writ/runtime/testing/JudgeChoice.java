package dev.writ.runtime.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who is to judge. */
public enum JudgeChoice {
    MODEL,
    SNAPSHOT,
    ENVOY,
    /** All three; where there is no Envoy, the other two. */
    ALL;

    /** The choice of this name, {@code model}, {@code snapshot}, {@code envoy} or {@code all}. */
    public static Optional<JudgeChoice> of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.toString().equals(name))
                .findFirst();
    }

    boolean includes(JudgeChoice judge) {
        return this == ALL || this == judge;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
