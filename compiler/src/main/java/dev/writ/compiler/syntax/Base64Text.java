package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Texts that a resource carries in Base64. What they decode to stands, as a whole, where the encoded text does. */
final class Base64Text {
    private Base64Text() {}

    /** Null where it is no Base64. */
    static @Nullable SourceText decode(SourceText encoded) {
        byte[] bytes;
        try {
            // The API of Kubernetes reads over line breaks, as a block scalar has them.
            bytes = Base64.getDecoder().decode(encoded.value().replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int[] offsets = new int[text.length() + 1];
        Arrays.fill(offsets, encoded.span().start());
        return new SourceText(text, encoded.span(), offsets);
    }
}
