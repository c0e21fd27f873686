package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.runtime.cli.WritCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios that are said to be missing pass, and leave no mutant. */
class FeatureMutationTest {
    private static final Path FEATURES = Path.of(System.getProperty("writ.root"), "features");

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.walk(FEATURES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(FEATURES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private int test(Object... words) {
        List<String> all = new ArrayList<>(List.of("test", "--judge", "model"));
        Stream.of(words).map(Object::toString).forEach(all::add);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream trouble = new ByteArrayOutputStream();
        int exit = new WritCli(InputStream.nullInputStream(), print(printed), print(trouble), Map.of())
                .run(all.toArray(String[]::new));
        out = printed.toString(StandardCharsets.UTF_8);
        err = trouble.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private JsonNode mutants(Object... features) throws IOException {
        Path json = folder.resolve("mutants.json");
        List<Object> words = new ArrayList<>(List.of(features));
        words.addAll(List.of("--mutation-json", json));
        assertThat(test(words.toArray())).as(out + err).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kuma-demo",
                "hazards",
                "migration",
                "guide-draft",
                "shop",
                "writ",
                "mesh-identity",
                "kong-mesh-spire"
            })
    void withTheProposedScenariosEveryMutantIsKilled(String feature) throws IOException {
        JsonNode before = mutants(folder.resolve(feature));
        assertThat(before.path("score").asInt()).isLessThan(100);
        Path missing = folder.resolve("missing/" + feature + ".feature");
        Files.createDirectories(missing.getParent());
        assertThat(test(folder.resolve(feature), "--write-missing", missing)).isZero();

        JsonNode after = mutants(folder.resolve(feature), missing);

        assertThat(after.path("score").asInt()).as(out).isEqualTo(100);
        assertThat(after.path("mutants")).hasSameSizeAs(before.path("mutants"));
    }

    @Test
    void theDemoDoesNotTellWhereItsPrefixBegins() throws IOException {
        Path demo = folder.resolve("kuma-demo");
        assertThat(test(demo, "--mutate", "--min-mutation", 90)).isEqualTo(1);
        assertThat(out)
                .contains(
                        "survived: allow `kuma-demo/mtp`: prefix → \"spiffe://default.default.mesh.local/ns/kuma-dem\"")
                .contains(
                        "When \"spiffe://default.default.mesh.local/ns/kuma-dem-2/sa/default\" calls \"kuma-demo/kv\"")
                .contains("below the 90 % that --min-mutation asks for");
        assertThat(test(demo, "--mutate", "--min-mutation", 80)).isZero();
    }

    @Test
    void aProposedScenarioFitsWhereItIsSaidToBelong() throws IOException {
        Path feature = folder.resolve("kuma-demo/guide.feature");
        JsonNode mutants = mutants(feature);
        StringBuilder text = new StringBuilder(Files.readString(feature));
        for (JsonNode mutant : mutants.path("mutants")) {
            JsonNode scenario = mutant.path("scenario");
            if (!scenario.isNull()) {
                assertThat(scenario.path("rule").asText()).isEqualTo("the permission lets the namespace in");
                scenario.path("text")
                        .asText()
                        .lines()
                        .forEach(line -> text.append("\n    ").append(line));
                text.append('\n');
            }
        }
        Files.writeString(feature, text);
        assertThat(mutants(feature).path("score").asInt()).isEqualTo(100);
    }

    @Test
    void noFeatureIsWrittenOver() throws IOException {
        Path feature = folder.resolve("kuma-demo/guide.feature");
        String before = Files.readString(feature);
        assertThat(test(folder.resolve("kuma-demo"), "--write-missing", feature))
                .isEqualTo(2);
        assertThat(err).contains("is there already");
        assertThat(Files.readString(feature)).isEqualTo(before);
        assertThat(test(folder.resolve("kuma-demo"), "--write-missing", folder.resolve("a.txt")))
                .isEqualTo(2);
        assertThat(test(folder.resolve("kuma-demo"), "--min-mutation", 101)).isEqualTo(2);
    }

    @Test
    void noMutantIsMadeWhileScenariosFail() throws IOException {
        Path permission = folder.resolve("kuma-demo/permission.yaml");
        Files.writeString(permission, Files.readString(permission).replace("kuma-demo\n", "kuma-other\n"));
        assertThat(test(folder.resolve("kuma-demo"), "--mutate")).isEqualTo(1);
        assertThat(err).contains("no mutants are made while scenarios fail");
    }

    @Test
    void scenariosKeepTheLanguageAndTheTagsOfTheirs() throws IOException {
        Path feature = folder.resolve("kuma-demo/deutsch.feature");
        Files.writeString(feature, """
                # language: de
                @target:kuma-2.14 @target:kuma-3
                Funktionalität: der Leitfaden
                  Grundlage:
                    Angenommen the resources in "kuma-demo.yaml"
                    Und the resources in "identity.yaml"
                    Und the resources in "permission.yaml"

                  Beispiel: einer
                    Wenn "kuma-demo/demo-app" calls "kuma-demo/kv"
                    Dann the call is allowed
                """);
        Path missing = folder.resolve("fehlt.feature");
        assertThat(test(feature, "--write-missing", missing)).as(err).isZero();
        assertThat(Files.readString(missing))
                .startsWith("# language: de\n")
                .contains("@target:kuma-2.14\n")
                .contains("Und the resources in \"kuma-demo/permission.yaml\"");
        assertThat(mutants(feature, missing).path("score").asInt()).isEqualTo(100);
    }
}
