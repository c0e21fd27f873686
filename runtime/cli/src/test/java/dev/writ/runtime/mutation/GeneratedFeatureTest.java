package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.cli.WritCli;
import dev.writ.runtime.testing.RandomKumaMesh;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of a policy passes on it, and on no policy with a rule changed. */
class GeneratedFeatureTest {
    private static final Path FEATURES = Path.of(System.getProperty("writ.root"), "features");
    private static final String ZOO = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: zoo
              labels:
                kuma.io/sidecar-injection: enabled
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: ape
              namespace: zoo
            spec:
              selector:
                matchLabels:
                  app: ape
              template:
                metadata:
                  labels:
                    app: ape
                spec:
                  containers:
                    - name: ape
                      ports:
                        - containerPort: 8080
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: ape
              namespace: zoo
            spec:
              selector:
                app: ape
              ports:
                - port: 8080
                  appProtocol: http
            """;

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

    private int writ(Object... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream trouble = new ByteArrayOutputStream();
        int exit = new WritCli(InputStream.nullInputStream(), print(printed), print(trouble), Map.of())
                .run(Stream.of(words).map(Object::toString).toArray(String[]::new));
        out = printed.toString(StandardCharsets.UTF_8);
        err = trouble.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private Path generate(String files, String target) {
        Path feature = folder.resolve("generated/pinned.feature");
        List<Object> words =
                new ArrayList<>(List.of("generate-tests", "--target", target, "--update", "--out", feature));
        for (String file : files.split(" ", -1)) {
            words.add(folder.resolve(file));
        }
        assertThat(writ(words.toArray())).as(err).isZero();
        assertThat(err).contains("they tell all of");
        return feature;
    }

    @ParameterizedTest
    @CsvSource({
        "kuma-demo/kuma-demo.yaml kuma-demo/identity.yaml kuma-demo/permission.yaml, envoy",
        "kuma-demo/kuma-demo.yaml kuma-demo/identity.yaml kuma-demo/permission.yaml, kuma-2.12",
        "kuma-demo/kuma-demo.yaml kuma-demo/identity.yaml kuma-demo/permission.yaml, kuma-3",
        "kuma-demo/kuma-demo.yaml kuma-demo/identity.yaml, envoy",
        "writ/shop.writ, envoy",
        "shop/shop.yaml, kuma-2.13",
        "builtin-mtls, kuma-2.13",
        "kong-mesh-spire, kuma-2.14",
        "kong-mesh-spire/demo.yaml migration/identity-of-kv.yaml migration/rules.yaml, kuma-2.14",
        "kong-mesh-spire/demo.yaml migration/identity-of-kv.yaml, kuma-2.12"
    })
    void allJudgesAgreeAndEveryMutantIsKilled(String files, String target) {
        Path feature = generate(files, target);
        assertThat(writ("test", feature, "--mutate", "--min-mutation", 100))
                .as(out + err)
                .isZero();
    }

    @Test
    void randomPoliciesArePinnedToo() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            String yaml = new RandomKumaMesh(random, i % 2 == 0).generate();
            Files.writeString(folder.resolve("random.yaml"), yaml);
            Path feature = generate("random.yaml", i % 2 == 0 ? "kuma-2.13" : "kuma-3");
            assertThat(writ("test", feature, "--judge", "model", "--mutate", "--min-mutation", 100))
                    .as(out + err)
                    .isZero();
        }
    }

    @Test
    void whoHasNothingToDoWithItChangesNothing() throws IOException {
        String files = "kuma-demo/kuma-demo.yaml kuma-demo/identity.yaml kuma-demo/permission.yaml";
        List<String> before = Files.readAllLines(generate(files, "envoy"));
        assertThat(Files.readAllLines(generate(files, "envoy"))).isEqualTo(before);
        Path demo = folder.resolve("kuma-demo/kuma-demo.yaml");
        Files.writeString(demo, ZOO + "---\n" + Files.readString(demo));
        List<String> after = Files.readAllLines(generate(files, "envoy"));
        assertThat(after).containsSubsequence(before).contains("  Rule: calls to zoo/ape");
    }

    @Test
    void aFeatureThatIsThereIsKept() throws IOException {
        Path feature = folder.resolve("kuma-demo/guide.feature");
        String before = Files.readString(feature);
        assertThat(writ("generate-tests", folder.resolve("shop"), "--out", feature))
                .isEqualTo(2);
        assertThat(err).contains("is there already; --update writes over it");
        assertThat(Files.readString(feature)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuma-demo/guide.feature", "nowhere.yaml"})
    void whatNoStepCanNameIsRefused(String source) {
        assertThat(writ("generate-tests", folder.resolve(source))).isEqualTo(2);
        assertThat(out).isEmpty();
    }

    @Test
    void whatNoStepCanSayIsRefused() {
        assertThat(writ("generate-tests", folder.resolve("shop"), "--namespace", "here"))
                .isEqualTo(2);
        assertThat(err).contains("no step of a feature says");
    }
}
