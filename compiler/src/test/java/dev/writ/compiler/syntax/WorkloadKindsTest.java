package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.Container;
import dev.writ.compiler.syntax.Resource.ContainerPort;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.PodStatus;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadKindsTest {
    private static final String TEMPLATE = """
            template:
              metadata:
                labels: {app: kv}
                annotations: {note: x}
              spec:
                serviceAccountName: robot
                initContainers:
                - {name: init, image: busybox, restartPolicy: Always}
                containers:
                - name: app
                  image: x
                  ports:
                  - {containerPort: 5050, name: http}
                  - {containerPort: 5353, protocol: UDP}
                - {name: plain}
            """;

    private static Reading read(String kind, String apiVersion, String spec) {
        return Reading.of("kind: " + kind + "\napiVersion: " + apiVersion
                + "\nmetadata: {name: x, namespace: y}\nspec:\n" + spec.indent(2));
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, apps/v1",
        "StatefulSet, apps/v1",
        "DaemonSet, apps/v1",
        "ReplicaSet, apps/v1",
        "Deployment, extensions/v1beta1",
        "Job, batch/v1"
    })
    void controllersGiveTheirPodTemplate(String kind, String apiVersion) {
        PodOwnerResource owner =
                read(kind, apiVersion, "replicas: 0\n" + TEMPLATE).only(PodOwnerResource.class);
        assertThat(owner.kind()).isEqualTo(kind);
        checkTemplate(owner);
    }

    @Test
    void cronJobsGiveTheTemplateOfTheirJobs() {
        checkTemplate(read("CronJob", "batch/v1", "jobTemplate:\n  spec:\n" + TEMPLATE.indent(4))
                .only(PodOwnerResource.class));
    }

    private static void checkTemplate(PodOwnerResource owner) {
        assertThat(owner.podMetadata().label("app")).isEqualTo("kv");
        assertThat(owner.podMetadata().name().value()).isEqualTo("x");
        assertThat(owner.metadata().labels()).isEmpty();
        assertThat(owner.pod().serviceAccountName()).extracting(Located::value).isEqualTo("robot");
        assertThat(owner.pod().containers()).extracting(Container::name).containsExactly("app", "plain");
        assertThat(owner.pod().containers().getFirst().ports())
                .extracting(ContainerPort::name, ContainerPort::containerPort, ContainerPort::protocol)
                .map(Object::toString)
                .containsExactly("(\"http\", 5050, \"TCP\")", "(null, 5353, \"UDP\")");
        assertThat(owner.pod().initContainers().getFirst().restartPolicy()).isEqualTo("Always");
    }

    @Test
    void aPodIsItsOwnTemplate() {
        PodOwnerResource pod = read("Pod", "v1", "serviceAccount: old\ncontainers: [{ports: []}]")
                .only(PodOwnerResource.class);
        assertThat(pod.podMetadata()).isEqualTo(pod.metadata());
        assertThat(pod.pod().serviceAccountName()).extracting(Located::value).isEqualTo("old");
    }

    @Test
    void aPodKeepsWhatTheClusterSaysOfIt() {
        PodOwnerResource pod = Reading.of("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: x, namespace: y, deletionTimestamp: "2026-01-01T00:00:00Z"}
                        spec: {containers: [{name: a}]}
                        status:
                          containerStatuses: [{name: a, ready: true}]
                          initContainerStatuses: [{name: b, ready: false}]
                        """).only(PodOwnerResource.class);
        assertThat(pod.status().terminating()).isTrue();
        assertThat(pod.status().containerReady()).containsEntry("a", true).containsEntry("b", false);
        assertThat(read("Pod", "v1", "containers: []")
                        .only(PodOwnerResource.class)
                        .status())
                .isEqualTo(PodStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 1 | schema.missing-field `spec`",
                "template: {} | schema.missing-field `template`",
                "template: {spec: x} | schema.wrong-type `x`",
                "template: {spec: {containers: {}}} | schema.wrong-type `{}`",
                "template: {spec: {containers: [{ports: [{containerPort: http}]}]}} | schema.wrong-type `http`",
                "template: {spec: {containers: [{ports: [{containerPort: 70000}]}]}} | schema.invalid-value `70000`",
                "template: {spec: {containers: [{ports: [{hostPort: 1}]}]}} | schema.missing-field `hostPort`",
                "template: {spec: {containers: [{ports: [{containerPort: 1, protocol: tcp}]}]}} | schema.invalid-value `tcp`",
                "template: {spec: {serviceAccountName: 5}} | schema.wrong-type `5`",
                "template: {metadata: {label: {}}, spec: {}} | schema.unknown-field `label`",
                "template: {spec: {conatiners: []}} | schema.unknown-field `conatiners`",
            })
    void podTemplatesAreChecked(String spec, String finding) {
        assertThat(read("Deployment", "apps/v1", spec).findings()).containsExactly(finding);
    }

    @Test
    void servicesKeepSelectorAndPorts() {
        ServiceResource service = read("Service", "v1", """
                        clusterIP: None
                        selector: {app: kv}
                        ports:
                        - {port: 80, targetPort: http, appProtocol: http, name: web, nodePort: 30000}
                        - {port: 81, targetPort: 8081, protocol: UDP}
                        - {port: 82, targetPort: 0}
                        - {port: 83}
                        """).only(ServiceResource.class);
        assertThat(service.selector()).containsEntry("app", "kv");
        assertThat(service.type()).isEqualTo("ClusterIP");
        assertThat(service.ports())
                .extracting(ServicePort::name, ServicePort::port, ServicePort::targetPort, ServicePort::protocol)
                .map(Object::toString)
                .containsExactly(
                        "(\"web\", 80, \"http\", \"TCP\")",
                        "(null, 81, \"8081\", \"UDP\")",
                        "(null, 82, \"82\", \"TCP\")",
                        "(null, 83, \"83\", \"TCP\")");
        assertThat(service.ports().getFirst().appProtocol())
                .extracting(Located::value)
                .isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ports: [{targetPort: 80}] | schema.missing-field `targetPort`",
                "ports: [{port: '80'}] | schema.wrong-type `'80'`",
                "ports: [{port: 80, targetPort: 99999}] | schema.invalid-value `99999`",
                "ports: [{port: 80, targetPort: [x]}] | schema.wrong-type `[x]`",
                "ports: [{port: 80, appProtcol: http}] | schema.unknown-field `appProtcol`",
                "type: clusterip | schema.invalid-value `clusterip`",
                "selector: x | schema.wrong-type `x`",
                "selector: {a: 1} | schema.wrong-type `1`",
                "selectr: {a: b} | schema.unknown-field `selectr`",
            })
    void servicesAreChecked(String spec, String finding) {
        assertThat(read("Service", "v1", spec).findings()).containsExactly(finding);
    }

    @Test
    void aServiceWithoutSelectorHasNone() {
        assertThat(read("Service", "v1", "type: ExternalName\nexternalName: x.org")
                        .only(ServiceResource.class)
                        .selector())
                .isNull();
    }
}
