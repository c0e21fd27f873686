package dev.writ.compiler.envoy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Against what Envoy 1.40.0 has answered: {@code path-templates-of-envoy.txt} holds templates and the paths that fit them. */
class PathTemplateTest {
    private static final String PATHS = "# paths: ";

    @Test
    void aTemplateIsRefusedOrFitsJustThePathsThatEnvoySays() throws IOException {
        List<String> recorded = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        List<String> paths = List.of();
        for (String line : lines()) {
            if (line.startsWith(PATHS)) {
                paths = List.of(line.substring(PATHS.length()).split(" "));
            } else if (!line.startsWith("#")) {
                recorded.add(line);
                String template = line.substring(0, line.indexOf(" => "));
                ours.add(template + " => " + fitting(template, paths));
            }
        }
        assertThat(recorded).hasSizeGreaterThan(200);
        assertThat(ours).isEqualTo(recorded);
    }

    private static String fitting(String template, List<String> paths) {
        Optional<Pattern> pattern = PathTemplate.of(template);
        return pattern.map(regex -> paths.stream()
                        .filter(path -> regex.matches(path.replaceFirst("\\?.*", "")))
                        .collect(Collectors.joining(" ")))
                .orElse("refused");
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PathTemplateTest.class.getResourceAsStream("/path-templates-of-envoy.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
