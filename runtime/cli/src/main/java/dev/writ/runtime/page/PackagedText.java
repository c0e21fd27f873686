package dev.writ.runtime.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A text that lies beside a class in the jar: a style, a script, a template. */
public final class PackagedText {
    private PackagedText() {}

    /** @param name of the file, below the folder of the class's package */
    public static String beside(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
