package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WritFormatterTest {
    private static final int PROGRAMS = 3000;
    private static final Pattern PLACE = Pattern.compile("f:\\d+:\\d+");
    private static final Pattern COMMENT = Pattern.compile("#(?: |c)\\d+");

    @Test
    void everyProgramMeansTheSameAfterwardsAndIsFormattedOnce() {
        int formatted = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            List<String> program = new RandomWrit(seed).declarations();
            if (faultIn(program).isPresent()) {
                List<String> least = shrunk(program);
                fail("seed " + seed + ": " + faultIn(least).orElseThrow() + " in\n" + String.join("", least));
            }
            formatted += program.isEmpty() ? 0 : 1;
        }
        assertThat(formatted).isGreaterThan(PROGRAMS / 2);
    }

    @Test
    void writesOneLayout() {
        assertThat(format("""
                # top

                mesh   default zone  a,b
                # of kv
                permission kv on workloads where app=kv {allow anyone to GET,HEAD "/x"# c
                deny spiffe://td/{a, b}/*


                }
                group g { anyone }
                """)).isEqualTo("""
                # top

                mesh default zone a, b

                # of kv
                permission kv on workloads where app = "kv" {
                  allow anyone to GET, HEAD "/x"  # c
                  deny spiffe://td/{a,b}/*
                }

                group g {
                  anyone
                }
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            allow    anyone ¦ allow anyone
            allow spiffe://td/x# no comment ¦ refused
            deny workloads where a=b and "c"= d#x ¦ deny workloads where a = "b" and "c" = "d"  #x
            permission p on workloads { } ¦ refused
            """)
    void formatsRulesAlone(String rules, String expected) {
        assertThat(WritFormatter.formatRules(text(rules), new DiagnosticSink())
                        .orElse("refused")
                        .strip())
                .isEqualTo(expected);
    }

    private static List<String> shrunk(List<String> program) {
        List<String> least = program;
        for (int i = 0; i < least.size(); ) {
            List<String> without = new ArrayList<>(least);
            without.remove(i);
            if (faultIn(without).isPresent()) {
                least = without;
            } else {
                i++;
            }
        }
        return least;
    }

    private static Optional<String> faultIn(List<String> program) {
        String before = String.join("", program);
        DiagnosticSink sink = new DiagnosticSink();
        Optional<String> after = WritFormatter.formatFile(text(before), sink);
        if (after.isEmpty()) {
            return Optional.of("refused: " + sink.sorted());
        }
        if (!shape(before).equals(shape(after.get()))) {
            return Optional.of("another meaning:\n" + after.get());
        }
        if (!comments(before).equals(comments(after.get()))) {
            return Optional.of("comments are not the same:\n" + after.get());
        }
        return format(after.get()).equals(after.get())
                ? Optional.empty()
                : Optional.of("formatted again it changes:\n" + after.get() + "to\n" + format(after.get()));
    }

    private static String shape(String program) {
        return PLACE.matcher(
                        WritParser.parse(text(program), new DiagnosticSink()).toString())
                .replaceAll("@")
                .replaceAll("\\s", "")
                .replace("\"", "");
    }

    private static List<String> comments(String program) {
        return COMMENT.matcher(program).results().map(MatchResult::group).toList();
    }

    private static String format(String program) {
        return WritFormatter.formatFile(text(program), new DiagnosticSink()).orElseThrow();
    }

    private static SourceText text(String value) {
        return SourceText.whole(new SourceFile("f", value));
    }
}
