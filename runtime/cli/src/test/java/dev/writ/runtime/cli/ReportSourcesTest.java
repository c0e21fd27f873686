package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.source.SourceFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sources that a report carries with it. */
class ReportSourcesTest {
    @Test
    void linesThatHoldSecretsAreMasked() {
        ReportSources sources = new ReportSources();
        sources.add(new SourceFile("a.yaml", """
                kind: Mesh
                name: default
                ---
                kind: Secret
                data: c2VjcmV0
                """));

        String json = Json.text(sources.json());

        assertThat(json)
                .contains("name: default", "(masked: this line holds a secret)")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void ofALongFileOnlyWhatStandsNearAPlaceIsThere() {
        ReportSources sources = new ReportSources();
        sources.add(new SourceFile(
                "long.writ",
                IntStream.rangeClosed(1, 5_000)
                        .mapToObj(line -> "line" + line + "\n")
                        .collect(Collectors.joining())));
        sources.place("long.writ", 2_000);

        String json = Json.text(sources.json());

        assertThat(json).contains("line1992\"", "line2000\"", "line2008\"").doesNotContain("line1991\"", "line2009\"");
    }
}
