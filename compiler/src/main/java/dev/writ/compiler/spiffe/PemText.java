package dev.writ.compiler.spiffe;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with PEM blocks, read as Go's {@code encoding/pem} does: what stands around the blocks is passed over. */
final class PemText {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private final String text;

    PemText(String text) {
        this.text = text;
    }

    /** The content of the blocks whose label passes, in their order. */
    List<byte[]> blocks(Predicate<String> label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (label.test(matcher.group(1))) {
                blocks.add(decode(matcher.group(2)));
            }
        }
        return blocks;
    }

    // What is no Base64 decodes to something that is no certificate and no key either.
    private static byte[] decode(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
