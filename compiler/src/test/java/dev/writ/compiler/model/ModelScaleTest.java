package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.source.SourceFile;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of permissions over a hundred dataplanes, from their text to the rules of each inbound and what checks say. */
class ModelScaleTest {
    private static final int PERMISSIONS = 10_000;
    private static final int DATAPLANES = 100;
    private static final Duration BOUND = Duration.ofSeconds(10);

    /** Ten times the permissions may take ten times as long, and some more for collections; a square takes a hundred. */
    private static final int GROWTH = 30;

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("one dataplane", i -> "{kind: Dataplane, labels: {app: app-" + i % DATAPLANES + "}}"),
                shape("a group of them", i -> "{kind: Dataplane, labels: {team: team-" + i % 10 + "}}"),
                shape(
                        "a label that all have, and one of its own",
                        i -> "{kind: Dataplane, labels: {tier: back, app: app-" + i % DATAPLANES + "}}"),
                shape("one inbound of all", i -> "{kind: Dataplane, sectionName: http}"),
                shape("the mesh", i -> "{kind: Mesh}"));
    }

    private static Arguments shape(String name, IntFunction<String> target) {
        return Arguments.of(name, target);
    }

    @ParameterizedTest(name = "of {0}")
    @MethodSource("shapes")
    void permissionsAreCompiledInLinearTime(String name, IntFunction<String> target) {
        List<SourceFile> few = sources(PERMISSIONS / 10, target);
        List<SourceFile> many = sources(PERMISSIONS, target);
        // Once for the machine to warm up.
        time(few);
        Duration small = time(few);
        Duration large = time(many);
        System.out.printf(
                "%,d permissions of %s: %d ms of CPU, %,d in %d ms%n",
                PERMISSIONS / 10, name, small.toMillis(), PERMISSIONS, large.toMillis());
        assertThat(large).isLessThan(BOUND);
        assertThat(large).isLessThan(small.plusMillis(50).multipliedBy(GROWTH));
    }

    private static Duration time(List<SourceFile> sources) {
        long start = cpu();
        Compilation compilation = PolicyCompiler.compile(sources, List.of(), ModelFixture.OPTIONS);
        Duration taken = Duration.ofNanos(cpu() - start);
        assertThat(compilation.hasErrors()).isFalse();
        assertThat(compilation.policy().workloads()).hasSize(DATAPLANES);
        return taken;
    }

    /** Of this thread, in nanoseconds: unlike the clock it does not tell of what else the machine does. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<SourceFile> sources(int permissions, IntFunction<String> target) {
        StringBuilder mesh = new StringBuilder(ModelFixture.IDENTITY);
        for (int i = 0; i < DATAPLANES; i++) {
            mesh.append("""
                    ---
                    apiVersion: kuma.io/v1alpha1
                    kind: Dataplane
                    mesh: default
                    metadata:
                      name: app-%1$d
                      namespace: shop
                      labels: {app: app-%1$d, team: team-%2$d, tier: back, k8s.kuma.io/service-account: app-%1$d}
                    spec:
                      networking:
                        address: 10.0.0.1
                        inbound:
                        - port: 8080
                          name: http
                          tags: {kuma.io/service: app-%1$d, kuma.io/protocol: http}
                    """.formatted(i, i % 10));
        }
        for (int i = 0; i < permissions; i++) {
            mesh.append("""
                    ---
                    apiVersion: kuma.io/v1alpha1
                    kind: MeshTrafficPermission
                    metadata:
                      name: mtp-%d
                      namespace: kuma-system
                    spec:
                      targetRef: %s
                      rules:
                      - default:
                          allow:
                          - spiffeID: {type: Exact, value: spiffe://default.default.mesh.local/ns/shop/sa/caller-%d}
                    """.formatted(i, target.apply(i), i));
        }
        return List.of(new SourceFile("mesh.yaml", mesh.toString()));
    }
}
