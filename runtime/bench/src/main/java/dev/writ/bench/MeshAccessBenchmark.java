package dev.writ.bench;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.LargeMesh;
import dev.writ.compiler.analysis.Reach;
import dev.writ.runtime.access.AccessGroup;
import dev.writ.runtime.access.MeshAccess;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What it costs to say who can call whom in a whole mesh that is compiled already, once and when Java is warm. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class MeshAccessBenchmark {
    /** So many workloads, and as many permissions. */
    @Param({"1000", "10000"})
    public int size;

    private @Nullable Compilation mesh;

    @Setup
    public void setUp() {
        mesh = LargeMesh.compiled(size, size);
    }

    /** As a command does it. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public long once() {
        return ranges();
    }

    /** As an editor does it. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public long warm() {
        return ranges();
    }

    private long ranges() {
        if (mesh == null) {
            throw new IllegalStateException("no mesh");
        }
        long ranges = 0;
        for (AccessGroup group : MeshAccess.of(mesh).groups()) {
            if (!(group.reach() instanceof Reach.Known known)) {
                throw new IllegalStateException("not known: " + group.reach());
            }
            ranges += known.runs().size();
        }
        return ranges;
    }
}
