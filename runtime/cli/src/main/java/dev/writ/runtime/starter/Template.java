package dev.writ.runtime.starter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of a starter project with its blanks, {@code @name@}; braces would be those of identity templates. */
record Template(String text) {
    private static final Pattern BLANK = Pattern.compile("@([a-z-]+)@");

    /** @param path below this package's folder on the class path */
    static Template of(String path) {
        try (InputStream stream = Template.class.getResourceAsStream(path)) {
            return new Template(
                    new String(Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    String filled(Map<String, String> values) {
        return BLANK.matcher(text)
                .replaceAll(blank ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(blank.group(1)), blank.group())));
    }
}
