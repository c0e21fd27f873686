package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code writ compile} does when its own emitter is at fault. */
class CompileProofTest {
    private static final Path DEMO = Path.of(requireNonNull(System.getProperty("writ.root")), "features", "kuma-demo");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "kuma-2.13", "kuma-2.14", "kuma-3"})
    void aFaultOfTheEmitterEndsItWithAWitnessAndWritesNothing(String target) {
        for (UnaryOperator<List<Rule>> fault : List.<UnaryOperator<List<Rule>>>of(
                CompileProofTest::dropped, CompileProofTest::widened, CompileProofTest::turned)) {
            Path out = folder.resolve("out");
            CommandRun run = compile(fault, DEMO, "--target", target, "--out", out);
            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.BUG);
            assertThat(run.err()).contains("kuma-demo/kv", "from spiffe://", "policy", "config");
            assertThat(run.out()).isEmpty();
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void whatWasWrittenBeforeStays() throws IOException {
        assertThat(compile(rules -> rules, DEMO, "--out", folder).exit()).isZero();
        List<String> before = contents();
        assertThat(compile(CompileProofTest::widened, DEMO, "--out", folder).exit())
                .isEqualTo(ExitCode.BUG);
        assertThat(contents()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void withoutAProofNobodyNotices() throws IOException {
        CommandRun run = compile(CompileProofTest::widened, DEMO, "--no-proof", "--out", folder);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(contents()).isNotEmpty();
    }

    /** All rules are lost. */
    private static List<Rule> dropped(List<Rule> rules) {
        return List.of();
    }

    /** Who is allowed by one ID or prefix is allowed by any. */
    private static List<Rule> widened(List<Rule> rules) {
        return rules.stream()
                .map(rule ->
                        new Rule(rule.action(), new Principal.Prefix("spiffe://"), rule.conditions(), rule.origin()))
                .toList();
    }

    /** What was allowed is denied. */
    private static List<Rule> turned(List<Rule> rules) {
        return rules.stream()
                .map(rule -> new Rule(Action.DENY, rule.principal(), rule.conditions(), rule.origin()))
                .toList();
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> {
                        try {
                            return file + "\n" + Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static CommandRun compile(UnaryOperator<List<Rule>> fault, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Invocation invocation =
                new Invocation(InputStream.nullInputStream(), print(out), print(err), Map.of(), false, false);
        int exit = new CommandLine(new CompileCommand(invocation, policy -> faulty(policy, fault)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
        return new CommandRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static WorkloadPolicy faulty(WorkloadPolicy policy, UnaryOperator<List<Rule>> fault) {
        return new WorkloadPolicy(
                policy.workload(),
                policy.inbounds().stream()
                        .map(inbound -> new InboundPolicy(
                                inbound.inbound(),
                                inbound.admission(),
                                new RuleList(
                                        fault.apply(inbound.enforced().rules()),
                                        inbound.enforced().byDefault()),
                                inbound.shadow()))
                        .toList());
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
