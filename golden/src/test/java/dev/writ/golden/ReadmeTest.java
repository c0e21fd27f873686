package dev.writ.golden;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows is what happens: every {@code $ ./writ …} in a block of {@code console} prints the lines that follow it.
 * A line {@code …} stands for any lines. Blocks run in their order, on one {@code /tmp}.
 */
class ReadmeTest {
    private static final Path ROOT =
            Path.of(System.getProperty("writ.root", "..")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final String PROMPT = "$ ";
    private static final String COMMAND = PROMPT + "./writ ";

    @TempDir
    private Path temporary;

    private record Example(String command, List<String> shown) {}

    @TestFactory
    Stream<DynamicTest> everyExampleHappensAsItIsShown() throws IOException {
        List<Example> examples = examples(Files.readString(ROOT.resolve("README.md")));
        assertThat(examples).isNotEmpty();
        return examples.stream().map(example -> DynamicTest.dynamicTest(example.command(), () -> check(example)));
    }

    private void check(Example example) {
        StringBuilder pattern = new StringBuilder();
        for (String line : example.shown()) {
            pattern.append(line.equals("…") ? "(?:.*\n)*?" : Pattern.quote(narrow(line) + "\n"));
        }
        assertThat(narrow(run(example.command()).strip()) + "\n").matches(Pattern.compile(pattern.toString()));
    }

    // Paths are longer here than they are shown, and columns wider.
    private static String narrow(String text) {
        return text.replaceAll(" {2,}", " ");
    }

    private String run(String command) {
        String[] words = Stream.of(command.split(" +"))
                .map(word ->
                        Files.exists(ROOT.resolve(word)) ? ROOT.resolve(word).toString() : word)
                .map(word -> word.replaceFirst("^/tmp(?=/|$)", temporary.toString()))
                .toArray(String[]::new);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(output, true, StandardCharsets.UTF_8);
        new WritCli(InputStream.nullInputStream(), both, both, Map.of()).run(words);
        return output.toString(StandardCharsets.UTF_8).replace(ROOT + "/", "").replace(temporary.toString(), "/tmp");
    }

    private static List<Example> examples(String readme) {
        List<Example> examples = new ArrayList<>();
        BLOCK.matcher(readme).results().forEach(block -> {
            for (String line : block.group(1).split("\n")) {
                if (line.startsWith(COMMAND)) {
                    examples.add(new Example(line.substring(COMMAND.length()), new ArrayList<>()));
                } else {
                    assertThat(line).as("only writ is run").doesNotStartWith(PROMPT);
                    examples.getLast().shown().add(line);
                }
            }
        });
        return examples;
    }
}
