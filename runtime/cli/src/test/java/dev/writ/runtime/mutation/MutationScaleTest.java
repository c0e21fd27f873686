package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A thousand rules, all their mutants, a thousand calls; {@link #main} measures it for {@code docs/benchmarks.md}. */
class MutationScaleTest {
    private static final Path SHOP = Path.of(System.getProperty("writ.root", "."), "features/shop/shop.yaml");
    private static final String ID = "spiffe://default.default.mesh.local/ns/";
    private static final int NAMESPACES = 100;

    /** Half of the rules with conditions, one in ten a pattern. */
    private static String rule(int i, Random random) {
        String place = ID + "team-" + random.nextInt(NAMESPACES);
        String callers = switch (i % 10) {
            case 0 -> "spiffe://*/ns/team-" + random.nextInt(NAMESPACES) + "/sa/app-" + i;
            case 1, 2, 3 -> place + "/sa/app-" + i + "/**";
            case 4 -> "prefix \"" + place + "/sa/app-" + i + "\"";
            default -> place + "/sa/app-" + i;
        };
        return "  " + (i % 7 == 0 ? "deny " : "allow ") + callers
                + (i % 2 == 0 ? " to GET, POST \"/api/" + i + "/**\"" : "") + "\n";
    }

    private static Subject subject(int rules) throws IOException {
        Random random = new Random(5);
        StringBuilder writ = new StringBuilder("permission many on workloads where app = \"web\" {\n");
        for (int i = 0; i < rules; i++) {
            writ.append(rule(i, random));
        }
        Compilation compilation = PolicyCompiler.compile(
                List.of(
                        new SourceFile("shop.yaml", Files.readString(SHOP)),
                        new SourceFile("many.writ", writ.append("}\n").toString())),
                List.of(),
                ModelOptions.DEFAULT);
        assertThat(compilation.hasErrors()).as("%s", compilation.diagnostics()).isFalse();
        return new Subject(compilation);
    }

    private static List<Trial> trials(Subject subject, int calls) {
        Random random = new Random(6);
        WorkloadPolicy web = subject.rules().workloads().stream()
                .filter(workload -> workload.workload().key().name().equals("web"))
                .findFirst()
                .orElseThrow();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int rule = random.nextInt(calls);
            Call call = new Call(
                    new Caller.Certificate(List.of(ID + "team-" + random.nextInt(NAMESPACES) + "/sa/app-" + rule)),
                    web.workload().key(),
                    web.inbounds().getFirst().inbound().port(),
                    null,
                    "GET",
                    "/api/" + rule + "/x");
            Verdict verdict = subject.judge().judge(call);
            trials.add(new Trial(subject, call, (other, place) -> other.decision() == verdict.decision(), "call " + i));
        }
        return trials;
    }

    @Test
    void theTimeGrowsWithMutantsTimesCallsAndNoFaster() throws IOException {
        int small = 60;
        Subject few = subject(small);
        List<Trial> fewTrials = trials(few, small);
        MutationRun.of(List.of(few), fewTrials, done -> {});
        long one = nanos(few, fewTrials);
        Subject many = subject(4 * small);
        long other = nanos(many, trials(many, 4 * small));
        // Sixteen times as many pairs; a diagram made anew for each mutant would take four times that again.
        assertThat(other).isLessThan(40 * one);
    }

    private static long nanos(Subject subject, List<Trial> trials) {
        long start = System.nanoTime();
        MutationResults results = MutationRun.of(List.of(subject), trials, done -> {});
        assertThat(results.open()).isEmpty();
        return System.nanoTime() - start;
    }

    /** Run it alone: what else runs is in the figures. */
    public static void main(String[] arguments) throws IOException {
        Subject subject = subject(1_000);
        List<Trial> trials = trials(subject, 1_000);
        for (int run = 0; run < 5; run++) {
            long cpu = cpu();
            long start = System.nanoTime();
            MutationResults results = MutationRun.of(List.of(subject), trials, done -> {});
            System.out.printf(
                    "%d mutants, %d killed, %d equivalent, %d survived, %d open, %d calls missing: %d ms, CPU %d ms%n",
                    results.all().size(),
                    results.killed().size(),
                    results.equivalent().size(),
                    results.survivors().size(),
                    results.open().size(),
                    results.missing().size(),
                    (System.nanoTime() - start) / 1_000_000,
                    (cpu() - cpu) / 1_000_000);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
