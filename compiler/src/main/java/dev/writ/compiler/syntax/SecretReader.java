package dev.writ.compiler.syntax;

import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.SecretResource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Secret} of the cluster ({@code data}, {@code stringData}) or, in the universal form, of Kuma's, whose one
 * value gets the key {@code value}, as it has in Kubernetes. What is no Base64 is left out: a Secret that nobody refers to
 * is nobody's business here.
 */
final class SecretReader {
    private static final String VALUE = "value";

    private SecretReader() {}

    static Resource read(Document document) {
        Map<String, SourceText> data = new LinkedHashMap<>();
        Fields fields = document.fields();
        if (document.isFlat()) {
            put(data, VALUE, fields.text("data"));
        } else {
            Map<String, SourceText> encoded = fields.texts("data");
            if (encoded != null) {
                encoded.forEach((key, text) -> put(data, key, text));
            }
            Map<String, SourceText> plain = fields.texts("stringData");
            if (plain != null) {
                data.putAll(plain);
            }
        }
        fields.pass("type", "immutable");
        return new SecretResource(
                document.metadata(), document.metadata().name().span(), data);
    }

    private static void put(Map<String, SourceText> data, String key, @Nullable SourceText encoded) {
        SourceText decoded = encoded == null ? null : Base64Text.decode(encoded);
        if (decoded != null) {
            data.put(key, decoded);
        }
    }
}
