package dev.writ.compiler.model;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticId;
import org.junit.jupiter.api.Test;

/** {@code kubectl get deploy,rs,pod,svc,dataplane -o yaml} shows one workload several times. */
class OwnerJoinTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: kv
              namespace: kuma-demo
              uid: 0f3c
              managedFields:
              - manager: kubectl
                operation: Update
            spec:
              replicas: 2
              selector:
                matchLabels: {app: kv}
              template:
                metadata:
                  labels: {app: kv, version: v2}
                spec:
                  containers:
                  - name: kv
                    image: kv
                    ports: [{name: http, containerPort: 5050}]
            status:
              replicas: 2
            """;
    private static final String OLD_REPLICA_SET = replicaSet("5c8b", "1", "v1");
    private static final String REPLICA_SET = replicaSet("6d9f", "2", "v2");
    private static final String POD = pod("7hq2x", "v2");
    private static final String OTHER_POD = pod("9sk4m", "v2");
    private static final String DATAPLANE = dataplane("7hq2x", 5051);

    private static String replicaSet(String hash, String revision, String version) {
        return """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: kv-%1$s
                  namespace: kuma-demo
                  annotations:
                    deployment.kubernetes.io/revision: "%2$s"
                  ownerReferences:
                  - apiVersion: apps/v1
                    kind: Deployment
                    name: kv
                    uid: 0f3c
                    controller: true
                spec:
                  template:
                    metadata:
                      labels: {app: kv, version: %3$s, pod-template-hash: %1$s}
                    spec:
                      containers:
                      - name: kv
                        image: kv
                        ports: [{name: http, containerPort: 5050}]
                """.formatted(hash, revision, version);
    }

    private static String pod(String suffix, String version) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kv-6d9f-%1$s
                  generateName: kv-6d9f-
                  namespace: kuma-demo
                  labels: {app: kv, version: %2$s, pod-template-hash: 6d9f, kuma.io/mesh: default}
                  annotations:
                    kuma.io/sidecar-injected: "true"
                  ownerReferences:
                  - apiVersion: apps/v1
                    kind: ReplicaSet
                    name: kv-6d9f
                    uid: 88aa
                spec:
                  serviceAccountName: default
                  nodeName: node-1
                  containers:
                  - name: kuma-sidecar
                    image: kuma-dp
                  - name: kv
                    image: kv
                    ports: [{name: http, containerPort: 5050}]
                status:
                  podIP: 10.0.0.7
                  containerStatuses:
                  - {name: kv, ready: true}
                """.formatted(suffix, version);
    }

    private static String dataplane(String suffix, int port) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: Dataplane
                mesh: default
                metadata:
                  name: kv-6d9f-%1$s
                  namespace: kuma-demo
                  labels:
                    app: kv
                    version: v2
                    tier: from-the-dataplane
                    pod-template-hash: 6d9f
                    k8s.kuma.io/namespace: kuma-demo
                    k8s.kuma.io/service-account: kv-account
                    kuma.io/display-name: kv-6d9f-%1$s
                    kuma.io/mesh: default
                    kuma.io/zone: default
                  ownerReferences:
                  - apiVersion: v1
                    kind: Pod
                    name: kv-6d9f-%1$s
                    uid: 99bb
                spec:
                  networking:
                    address: 10.0.0.7
                    inbound:
                    - port: %2$d
                      name: http
                      protocol: http
                      health: {ready: true}
                """.formatted(suffix, port);
    }

    @Test
    void aControllerWithAllThatBelongsToItIsOneWorkload() {
        ModelFixture mesh = ModelFixture.of(
                DEMO_NAMESPACE, IDENTITY, POD, DATAPLANE, REPLICA_SET, OTHER_POD, OLD_REPLICA_SET, DEPLOYMENT);

        assertThat(mesh.workloads()).containsExactly("Deployment kuma-demo/kv");
        assertThat(mesh.diagnostics()).isEmpty();
    }

    @Test
    void theDataplaneKnowsBest() {
        ModelFixture mesh = ModelFixture.of(IDENTITY, DEPLOYMENT, REPLICA_SET, POD, DATAPLANE);

        Workload workload = mesh.workload("kuma-demo/kv");
        assertThat(workload.labels()).containsEntry("tier", "from-the-dataplane");
        assertThat(workload.inbounds()).extracting(ModelFixture::shown).containsExactly("5051 http http READY");
        assertThat(mesh.spiffeId("kuma-demo/kv"))
                .isEqualTo("spiffe://default.default.mesh.local/ns/kuma-demo/sa/kv-account");
    }

    @Test
    void thePodKnowsBetterThanTheTemplate() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, DEPLOYMENT, REPLICA_SET, POD);

        assertThat(mesh.workload("kuma-demo/kv").labels())
                .containsEntry("pod-template-hash", "6d9f")
                .containsEntry("kuma.io/display-name", "kv-6d9f-7hq2x");
    }

    @Test
    void theNewestReplicaSetStandsInForItsDeployment() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, OLD_REPLICA_SET, REPLICA_SET);

        assertThat(mesh.workloads()).containsExactly("Deployment kuma-demo/kv");
        assertThat(mesh.workload("kuma-demo/kv").labels()).containsEntry("version", "v2");
    }

    @Test
    void aPodJoinsTheDeploymentThatItsHashProves() {
        assertThat(ModelFixture.of(DEMO_NAMESPACE, DEPLOYMENT, POD).workloads())
                .containsExactly("Deployment kuma-demo/kv");
        assertThat(ModelFixture.of(POD).workloads()).containsExactly("Deployment kuma-demo/kv");
        assertThat(ModelFixture.of(DATAPLANE).workloads()).containsExactly("Deployment kuma-demo/kv");
    }

    @Test
    void withoutTheHashTheMissingReplicaSetIsTheWorkload() {
        String unlabelled = POD.replace(", pod-template-hash: 6d9f", "");

        assertThat(ModelFixture.of(unlabelled).workloads()).containsExactly("ReplicaSet kuma-demo/kv-6d9f");
    }

    @Test
    void aCronJobOwnsItsJobsAndTheirPods() {
        String job = """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: backup-2900
                  namespace: kuma-demo
                  ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: backup}]
                spec:
                  template:
                    spec:
                      containers: [{name: backup, image: backup}]
                """;
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: backup-2900-x5z9p
                  namespace: kuma-demo
                  ownerReferences: [{apiVersion: batch/v1, kind: Job, name: backup-2900}]
                spec:
                  containers: [{name: backup, image: backup}]
                """;

        assertThat(ModelFixture.of(DEMO_NAMESPACE, pod, job).workloads()).containsExactly("CronJob kuma-demo/backup");
        assertThat(ModelFixture.of(DEMO_NAMESPACE, pod).workloads()).containsExactly("Job kuma-demo/backup-2900");
    }

    @Test
    void whatAnOperatorOwnsIsAWorkloadOfItsOwn() {
        String owned = ModelFixture.deployment("kuma-demo", "grafana")
                .replace(
                        "  namespace: kuma-demo\n",
                        "  namespace: kuma-demo\n  ownerReferences:"
                                + " [{apiVersion: example.org/v1, kind: Grafana, name: boards}]\n");

        assertThat(ModelFixture.of(DEMO_NAMESPACE, owned).workloads()).containsExactly("Deployment kuma-demo/grafana");
    }

    @Test
    void aLabelInWhichPodsDifferIsNoLabelOfTheWorkload() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, IDENTITY, POD, pod("9sk4m", "v1"));

        assertThat(mesh.workload("kuma-demo/kv").labels())
                .containsEntry("app", "kv")
                .doesNotContainKey("version");
        assertThat(mesh.workload("kuma-demo/kv").doubts()).isEmpty();
    }

    @Test
    void aPermissionForSomeOfItsPodsLeavesTheWorkloadInDoubt() {
        String permission = """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: {name: canary, namespace: kuma-demo}
                spec:
                  targetRef: {kind: Dataplane, labels: {version: v1}}
                  rules:
                  - default:
                      allow:
                      - spiffeID: {type: Exact, value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/web}
                """;
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, IDENTITY, permission, POD, pod("9sk4m", "v1"));

        assertThat(mesh.workload("kuma-demo/kv").doubts())
                .extracting(Workload.Doubt::reason)
                .containsExactly("the permission `kuma-demo/canary` selects single pods of it, and a workload has one"
                        + " answer for all");
        assertThat(ModelFixture.of(DEMO_NAMESPACE, IDENTITY, permission, POD)
                        .workload("kuma-demo/kv")
                        .doubts())
                .isEmpty();
    }

    @Test
    void anOwnersNameThatIsNoneIsRefusedAtWhatItOwns() {
        ModelFixture mesh = ModelFixture.of(DEMO_NAMESPACE, POD.replace("name: kv-6d9f\n", "name: ../../x\n"));

        assertThat(mesh.workloads()).isEmpty();
        assertThat(underlined(mesh.finding(DiagnosticId.SCHEMA_INVALID_VALUE))).isEqualTo("kv-6d9f-7hq2x");
    }
}
