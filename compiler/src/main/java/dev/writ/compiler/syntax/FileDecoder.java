package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns bytes into a text: UTF-8, with or without a byte order mark, up to a size. */
final class FileDecoder {
    /** 32 MiB: ten thousand permissions are a third of it. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    private final DiagnosticSink sink;

    FileDecoder(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** The start of a file of which nothing was read. */
    static SourceSpan place(String name) {
        return new SourceFile(name, "").span(0, 0);
    }

    void refuseSize(String name) {
        sink.add(
                DiagnosticId.SOURCE_TOO_LARGE,
                place(name),
                "over the limit of " + MAX_BYTES / (1024 * 1024) + " MiB for a source");
    }

    /** The file; null, with a finding, if it is none. */
    @Nullable
    SourceFile decode(String name, InputStream input, boolean named) {
        try {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                refuseSize(name);
                return null;
            }
            return decode(name, bytes, named);
        } catch (IOException e) {
            sink.add(DiagnosticId.SOURCE_UNREADABLE, place(name), "this source cannot be read");
            return null;
        }
    }

    private @Nullable SourceFile decode(String name, byte[] bytes, boolean named) {
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return refuse(place(name), "a text in UTF-16", "save it as UTF-8");
        }
        for (byte b : bytes) {
            if (b == 0) {
                return refuse(place(name), "a binary file", "sources are texts in UTF-8");
            }
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length - start);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true)
                .isError();
        String text = out.flip().toString();
        if (malformed) {
            // The text up to there shows the place; the replacement character stands for what is no character.
            SourceFile upToHere = new SourceFile(name, text + '\uFFFD');
            return refuse(
                    upToHere.span(text.length(), text.length() + 1),
                    "a byte that is not UTF-8",
                    "sources are texts in UTF-8");
        }
        return new SourceFile(name, text, named);
    }

    private @Nullable SourceFile refuse(SourceSpan place, String message, String help) {
        sink.add(DiagnosticId.SOURCE_UNREADABLE, place, message, help);
        return null;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
