package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.testing.EnvoyProcess;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoweringScaleTest {
    private static final int RULES = 10_000;

    /** Several times what is needed; a walk of each rule at each region would take minutes. */
    private static final Duration BOUND = Duration.ofSeconds(3);

    /** Ten times the rules may take ten times as long, and some more for caches and collections; a square takes a hundred. */
    private static final int GROWTH = 40;

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("exact strings", i -> new Principal.Exact(id(i))),
                shape("prefixes", i -> new Principal.Prefix(id(i) + "/")),
                shape("prefixes in prefixes", i -> new Principal.Prefix(id(i / 10) + "/" + "x".repeat(i % 10 + 1))),
                shape("all but one", i -> new Principal.Not(new Principal.Exact(id(i)))),
                shape(
                        "intersections",
                        i -> new Principal.AllOf(List.of(
                                new Principal.Prefix(id(i)), new Principal.Not(new Principal.Exact(id(i) + "/x"))))),
                shape("patterns below a name of their own", i -> Policies.segments("a", "n" + i, "*", "web")));
    }

    private static Arguments shape(String name, IntFunction<Principal> principal) {
        return Arguments.of(name, principal);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void tenThousandRulesAreLoweredInLittleTimeAndWithoutASquare(String name, IntFunction<Principal> principal) {
        RuleList few = rules(RULES / 10, principal);
        RuleList many = rules(RULES, principal);
        Duration small = time(few);
        Duration large = time(many);
        assertThat(large).isLessThan(BOUND);
        assertThat(large).isLessThan(small.plusMillis(5).multipliedBy(GROWTH));
        System.out.printf("%,d rules of %s lowered in %d ms of CPU%n", RULES, name, large.toMillis());
    }

    @Test
    void oneRuleWithThousandsOfCallersIsNoSlowerThanAsManyRules() {
        List<Principal> members = IntStream.range(0, RULES)
                .<Principal>mapToObj(i -> new Principal.Exact(id(i)))
                .toList();
        RuleList rules = Policies.enforced(
                Policies.deny(
                        "ns/d",
                        new Principal.AllOf(List.of(
                                new Principal.AnyOf(members), new Principal.Not(new Principal.AnyOf(members))))),
                Policies.allow("ns/p", new Principal.AnyOf(members)));
        assertThat(time(rules)).isLessThan(BOUND);
        assertThat(LoweringCheck.lower(rules, true).exact()).hasSize(RULES);
    }

    @Test
    void tenThousandRulesAreEmittedWrittenAndLoadedByEnvoy(@TempDir Path folder) throws Exception {
        RuleList rules = rules(RULES, i -> i % 2 == 0 ? new Principal.Exact(id(i)) : new Principal.Prefix(id(i)));
        long start = cpu();
        Snapshot snapshot = SnapshotEmitter.emit(
                        Policies.workload("kv", Policies.http(5050, rules)), new DiagnosticSink())
                .orElseThrow();
        byte[] yaml = SnapshotWriter.write(snapshot, SnapshotFormat.YAML).get(ArtifactLayout.BOOTSTRAP);
        Duration taken = Duration.ofNanos(cpu() - start);
        System.out.printf(
                "%,d rules emitted as %,d bytes of YAML in %d ms of CPU%n",
                RULES, Objects.requireNonNull(yaml).length, taken.toMillis());
        assertThat(taken).isLessThan(BOUND.multipliedBy(3));
        ArtifactFiles.write(folder, SnapshotWriter.write(snapshot, SnapshotFormat.YAML));
        assertThat(EnvoyProcess.validate(folder.resolve(ArtifactLayout.BOOTSTRAP)))
                .isEmpty();
        assertThat(Files.size(folder.resolve(ArtifactLayout.BOOTSTRAP))).isLessThan(20_000_000);
    }

    /** The best of three: the first ones warm up, and the machine does other things too. */
    private static Duration time(RuleList rules) {
        return IntStream.range(0, 3)
                .mapToObj(attempt -> {
                    long start = cpu();
                    LoweringCheck.lower(rules, true);
                    return Duration.ofNanos(cpu() - start);
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** Of this thread, in nanoseconds: unlike the clock it does not tell of what else the machine does. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static RuleList rules(int count, IntFunction<Principal> principal) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(Policies.rule(i % 3 == 0 ? Action.DENY : Action.ALLOW, "ns/p" + i, principal.apply(i)));
        }
        return new RuleList(rules, Action.DENY);
    }

    private static String id(int i) {
        return "spiffe://a/ns/n" + i % 100 + "/sa/s" + i;
    }
}
