package dev.writ.bench;

import dev.writ.compiler.analysis.MeasuredPolicy;
import dev.writ.compiler.ir.Rule;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What exact answers about one inbound cost: six steps of a {@link MeasuredPolicy}, the last a plain loop over the rules for comparison. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AnalysisBenchmark {
    /** How many rules. */
    @Param({"1000", "10000", "100000"})
    public int rules;

    private MeasuredPolicy policy = new MeasuredPolicy(1);

    /** Makes the diagrams that are looked up in. */
    @Setup
    public void setUp() {
        policy = new MeasuredPolicy(rules);
    }

    @Benchmark
    public int build() {
        return policy.build();
    }

    /** Both built from their rules. */
    @Benchmark
    public boolean equivalence() {
        return policy.equalsShuffled();
    }

    /** Both built from their rules. */
    @Benchmark
    public int difference() {
        return policy.differences();
    }

    /** Of diagrams that are there. */
    @Benchmark
    public int differenceOfBuilt() {
        return policy.regions();
    }

    @Benchmark
    public Object decision() {
        return policy.decision();
    }

    /** The same calls, each by going through the rules. */
    @Benchmark
    public Optional<Rule> decisionByLoop() {
        return policy.decisionByLoop();
    }
}
