package dev.writ.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritFormatter;
import dev.writ.compiler.syntax.WritRulesParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of the language reference and the README compiles, and is laid out as {@code writ fmt} does. */
class LanguageReferenceTest {
    private static final Path ROOT = Path.of(System.getProperty("writ.root", ".."));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(writ|writ-rules)\\n(.*?)^```$");

    @TestFactory
    Stream<DynamicTest> everyExampleCompiles() throws IOException {
        Matcher blocks = BLOCK.matcher(
                Files.readString(ROOT.resolve("docs/language.md")) + Files.readString(ROOT.resolve("README.md")));
        List<DynamicTest> tests = new ArrayList<>();
        while (blocks.find()) {
            String text = blocks.group(2);
            boolean isFile = blocks.group(1).equals("writ");
            String name =
                    text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
            tests.add(DynamicTest.dynamicTest(name, () -> check(text, isFile)));
        }
        assertThat(tests).hasSizeGreaterThan(8);
        return tests.stream();
    }

    private static void check(String text, boolean isFile) {
        SourceFile file = new SourceFile("language.writ", text);
        SourceText source = SourceText.whole(file);
        DiagnosticSink sink = new DiagnosticSink();
        String formatted;
        if (isFile) {
            assertThat(PolicyCompiler.compile(List.of(file), List.of(), ModelOptions.DEFAULT)
                            .diagnostics())
                    .filteredOn(LanguageReferenceTest::isError)
                    .isEmpty();
            formatted = WritFormatter.formatFile(source, sink).orElseThrow();
        } else {
            assertThat(WritRulesParser.parse(source, sink)).isPresent();
            formatted = WritFormatter.formatRules(source, sink).orElseThrow();
        }
        assertThat(formatted).isEqualTo(text);
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Severity.ERROR;
    }
}
