package dev.writ.compiler.syntax;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether a text is PEM, as Go's {@code encoding/pem} does: what comes before its first block does not matter. */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile(
            "^-----BEGIN ([^\\r\\n]+?)-----[ \\t]*\\r?\\n(?:[^\\r\\n:]+:[^\\r\\n]*\\r?\\n)*([A-Za-z0-9+/=\\s]*?)^-----END \\1-----",
            Pattern.MULTILINE);

    private Pem() {}

    /** Whether its first block is well-formed, and no private key. */
    static boolean isPublic(String text) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (isBase64(block.group(2))) {
                return !block.group(1).endsWith("PRIVATE KEY");
            }
        }
        return false;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
