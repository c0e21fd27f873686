package dev.writ.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelBuilder;
import dev.writ.compiler.model.ModelFixture;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The mesh of Kuma's guide "Issuing Identity with MeshIdentity bundled provider", from YAML to rules. */
class GuideTest {
    private static final String DEMO = """
            apiVersion: v1
            kind: Namespace
            metadata:
              labels:
                kuma.io/sidecar-injection: enabled
              name: kuma-demo
            ---
            %s---
            %s---
            %s---
            %s---
            %s---
            %s---
            %s---
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata:
              name: default
            spec:
              meshServices:
                mode: Exclusive
            ---
            %s---
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrafficPermission
            metadata:
              name: mtp
              namespace: kuma-demo
              labels:
                kuma.io/mesh: default
            spec:
              rules:
                - default:
                    allow:
                      - spiffeID:
                          type: Prefix
                          value: spiffe://default.default.mesh.local/ns/kuma-demo
            """.formatted(
                    service("demo-app", "app: demo-app"),
                    service("demo-app-v1", "app: demo-app, version: v1"),
                    service("demo-app-v2", "app: demo-app, version: v2"),
                    service("kv", "app: kv"),
                    deployment("demo-app", 1, "app: demo-app, version: v1"),
                    deployment("demo-app-v2", 0, "app: demo-app, version: v2"),
                    deployment("kv", 1, "app: kv"),
                    ModelFixture.IDENTITY);

    private static String service(String name, String selector) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                  namespace: kuma-demo
                spec:
                  ports:
                  - appProtocol: http
                    port: 5050
                    protocol: TCP
                    targetPort: 5050
                  selector: {%s}
                """.formatted(name, selector);
    }

    private static String deployment(String name, int replicas, String labels) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %s
                  namespace: kuma-demo
                spec:
                  replicas: %d
                  selector:
                    matchLabels: {%3$s}
                  template:
                    metadata:
                      labels: {%3$s}
                    spec:
                      containers:
                      - name: app
                        image: ghcr.io/kumahq/kuma-counter-demo:latest
                        env:
                        - name: KV_URL
                          value: http://kv.kuma-demo.svc.cluster.local:5050
                        ports:
                        - containerPort: 5050
                          name: http
                """.formatted(name, replicas, labels);
    }

    private static List<Resource> resources() {
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> resources = new ResourceReader().read(new SourceFile("kuma-demo.yaml", DEMO), sink);
        assertThat(sink.sorted()).isEmpty();
        return resources;
    }

    private static MeshModel model(List<Resource> resources) {
        DiagnosticSink sink = new DiagnosticSink();
        MeshModel model = ModelBuilder.build(resources, ModelFixture.OPTIONS, sink);
        assertThat(sink.sorted()).isEmpty();
        return model;
    }

    @Test
    void everyWorkloadOfTheGuideHasItsIdentityItsInboundAndItsRule() {
        MeshModel model = model(resources());

        assertThat(model.workloads())
                .extracting(workload -> workload.key().toString())
                .containsExactly("kuma-demo/demo-app", "kuma-demo/demo-app-v2", "kuma-demo/kv");
        assertThat(PolicyLowering.lower(model).workloads()).hasSize(3).allSatisfy(policy -> {
            assertThat(policy.inbounds()).hasSize(1);
            InboundPolicy inbound = policy.inbounds().getFirst();
            assertThat(ModelFixture.shown(inbound.inbound())).isEqualTo("5050 http http READY");
            assertThat(inbound.admission())
                    .isEqualTo(new MutualTls(
                            List.of("default.default.mesh.local"),
                            List.of("spiffe://default.default.mesh.local/"),
                            true));
            assertThat(inbound.enforced().rules()).singleElement().satisfies(rule -> {
                assertThat(rule.action()).isEqualTo(Action.ALLOW);
                assertThat(rule.principal()).isEqualTo(new Prefix("spiffe://default.default.mesh.local/ns/kuma-demo"));
                assertThat(rule.origin().name()).isEqualTo("kuma-demo/mtp");
            });
            assertThat(inbound.shadow()).isEmpty();
        });
    }

    @Test
    void theOrderOfTheSourcesMakesNoDifference() {
        List<Resource> resources = new ArrayList<>(resources());
        MeshModel model = model(resources);
        MeshPolicy policy = PolicyLowering.lower(model);

        for (int seed = 0; seed < 25; seed++) {
            Collections.shuffle(resources, new Random(seed));
            MeshModel shuffled = model(resources);
            assertThat(shuffled).as("seed " + seed).isEqualTo(model);
            assertThat(PolicyLowering.lower(shuffled).workloads())
                    .as("seed " + seed)
                    .isEqualTo(policy.workloads());
        }
    }
}
