package dev.writ.compiler.diagnostic;

import dev.writ.compiler.source.SourceFile;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * The lines of a file that no output may show: every line of a document that holds a Kubernetes {@code Secret}, private
 * keys in PEM, and keys that a resource carries inline (Kuma's {@code inline} and {@code inlineString}).
 *
 * <p>It works on lines, not on parsed documents, because a finding about a file that does not parse shows an excerpt too.
 * It may mask a line too many, never one too few.
 */
public record SecretLines(BitSet lines) {
    private static final Pattern SECRET_KIND = Pattern.compile("\"?\\bkind\"?\\s*:\\s*[\"']?Secret(List)?\\b");
    private static final Pattern INLINE =
            Pattern.compile("[\"']?\\b(inline|inlineString|privateKey|tls\\.key)[\"']?\\s*:");
    private static final Pattern KEY_BEGINS = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");
    private static final Pattern KEY_ENDS = Pattern.compile("-----END [A-Z0-9 ]*PRIVATE KEY");
    /** {@code -----BEGIN} in Base64, as a Secret or a DataSource carries PEM. */
    private static final String PEM_IN_BASE64 = "LS0tLS1CRUdJTi";

    public SecretLines {
        lines = (BitSet) lines.clone();
    }

    public static SecretLines of(SourceFile file) {
        BitSet lines = new BitSet();
        int documentStart = 1;
        boolean secretDocument = false;
        boolean insideKey = false;
        int inlineIndent = -1;
        for (int number = 1; number <= file.lineCount(); number++) {
            String line = file.line(number);
            if (line.startsWith("---")) {
                maskDocument(lines, secretDocument, documentStart, number);
                documentStart = number;
                secretDocument = false;
            }
            secretDocument |= SECRET_KIND.matcher(line).find();
            insideKey |= KEY_BEGINS.matcher(line).find();
            if (inlineIndent >= 0 && !line.isBlank() && indent(line) <= inlineIndent) {
                inlineIndent = -1;
            }
            if (inlineIndent < 0 && INLINE.matcher(line).find()) {
                inlineIndent = indent(line);
            }
            if (insideKey || inlineIndent >= 0 || line.contains(PEM_IN_BASE64)) {
                lines.set(number);
            }
            insideKey &= !KEY_ENDS.matcher(line).find();
        }
        maskDocument(lines, secretDocument, documentStart, file.lineCount() + 1);
        return new SecretLines(lines);
    }

    public boolean contains(int line) {
        return lines.get(line);
    }

    private static void maskDocument(BitSet lines, boolean secret, int from, int to) {
        if (secret) {
            lines.set(from, to);
        }
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
