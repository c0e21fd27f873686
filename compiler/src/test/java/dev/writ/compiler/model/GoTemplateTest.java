package dev.writ.compiler.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Templates with what Go 1.26 made of them ({@code text/template}, Kuma's {@code label} and data): text for text. */
final class GoTemplateTest {
    private static final TemplateScope SCOPE = TemplateScope.path(
            "td", Map.of("app", "kv", "k8s.kuma.io/namespace", "ns1", "k8s.kuma.io/service-account", "sa1"));

    @Test
    void rendersWhatGoRendersAndRefusesWhatGoRefuses() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> wrong = new ArrayList<>();
        int same = 0;
        for (String line : lines()) {
            JsonNode recorded = json.readTree(line);
            String template = recorded.get("template").textValue();
            Optional<String> expected = recorded.has("text") && !recorded.has("unsupported")
                    ? Optional.of(recorded.get("text").textValue())
                    : Optional.empty();
            Optional<String> actual = render(template);
            if (actual.equals(expected)) {
                same++;
            } else {
                wrong.add(template + " gives " + actual + " instead of " + expected);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(same).isGreaterThan(150);
    }

    private static Optional<String> render(String template) {
        SourceText text = SourceText.whole(new SourceFile("template", template));
        DiagnosticSink sink = new DiagnosticSink();
        Optional<String> rendered = SpiffeTemplateParser.parse(text, sink)
                .flatMap(parsed -> switch (TemplateResolver.resolve(parsed, SCOPE)) {
                    case Rendering.Text result -> Optional.of(result.value());
                    case Rendering.Failed failed -> {
                        failed.findings().forEach(sink::add);
                        yield Optional.empty();
                    }
                });
        assertThat(sink.hasErrors()).as(template).isEqualTo(rendered.isEmpty());
        return rendered;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = requireNonNull(GoTemplateTest.class.getResourceAsStream("/go/text-template.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
