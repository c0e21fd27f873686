package dev.writ.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.LargeMesh;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whole meshes. */
class MeshAccessScaleTest {
    private static final int SIZE = 2_000;
    private static final Duration BOUND = Duration.ofSeconds(1);

    /** Ten times the workloads and permissions may take ten times as long, and some more for collections; a square takes a hundred. */
    private static final int GROWTH = 30;

    @Test
    void tenTimesTheWorkloadsAndPermissionsTakeNoSquare() {
        long compileStart = cpu();
        Compilation few = LargeMesh.compiled(SIZE / 10, SIZE / 10);
        Compilation many = LargeMesh.compiled(SIZE, SIZE);
        System.out.printf("compiled in %d ms%n", (cpu() - compileStart) / 1_000_000);
        for (int i = 0; i < 5; i++) {
            time(few);
        }
        Duration small = time(few);
        Duration large = time(many);
        Duration again = time(many);
        System.out.printf(
                "access of %,d workloads and permissions: %d ms of CPU, of %,d %d ms, again %d ms%n",
                SIZE / 10, small.toMillis(), SIZE, large.toMillis(), again.toMillis());
        assertThat(large).isLessThan(BOUND);
        assertThat(large).isLessThan(small.plusMillis(20).multipliedBy(GROWTH));
    }

    private static Duration time(Compilation compilation) {
        long start = cpu();
        MeshAccess access = MeshAccess.of(compilation);
        access.groups().forEach(AccessGroup::reach);
        Duration taken = Duration.ofNanos(cpu() - start);
        assertThat(access.inbounds()).hasSize(compilation.model().workloads().size());
        return taken;
    }

    /** Of this thread, in nanoseconds: unlike the clock it does not tell of what else the machine does. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
