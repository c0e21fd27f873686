package dev.writ.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.runtime.golden.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case's outputs are what is committed. An output that is missing is written, and the test fails once; a changed one
 * is written only with {@code -Dgolden.update}, and the test fails too: nobody commits them unread. Under CI nothing is written.
 */
class GoldenCasesTest {
    private static final Path ROOT = Path.of(System.getProperty("writ.root", ".."));
    private static final boolean UPDATE = System.getProperty("golden.update") != null;
    private static final boolean CI = System.getenv("CI") != null;

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return GoldenCase.all(ROOT.toRealPath()).stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> judge(golden)));
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(GoldenCase.all(ROOT)).isNotEmpty();
    }

    private static void judge(GoldenCase golden) throws IOException {
        List<Difference> differences = golden.differences();
        if (differences.isEmpty()) {
            return;
        }
        boolean onlyNew = differences.stream().allMatch(difference -> difference.kind() == Difference.Kind.NEW);
        boolean written = !CI && (UPDATE || onlyNew);
        if (written) {
            golden.update();
        }
        fail(differences.stream().map(Difference::diff).collect(Collectors.joining("\n", "\n", "\n"))
                + advice(written));
    }

    private static String advice(boolean written) {
        if (written) {
            return "written: read every line of it, then run again without -Dgolden.update";
        }
        return UPDATE
                ? "golden files are not updated under CI"
                : "accept it with: mvn -pl golden -am test -Dgolden.update";
    }
}
