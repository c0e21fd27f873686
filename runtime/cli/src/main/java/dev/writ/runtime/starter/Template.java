package dev.writ.runtime.starter;

import dev.writ.runtime.page.PackagedText;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of a starter project with its blanks, {@code @name@}; braces would be those of identity templates. */
record Template(String text) {
    private static final Pattern BLANK = Pattern.compile("@([a-z-]+)@");

    /** @param path below this package's folder on the class path */
    static Template of(String path) {
        return new Template(PackagedText.beside(Template.class, path));
    }

    String filled(Map<String, String> values) {
        return BLANK.matcher(text)
                .replaceAll(blank ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(blank.group(1)), blank.group())));
    }
}
