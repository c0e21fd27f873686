package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What Kuma's converter makes of a pod, as far as Writ models it: labels, and port, name, protocol and state of the inbounds.
 * Addresses, metrics, probes, transparent proxying, listeners of zone proxies and tags of gateways are not compared.
 */
class PodToDataplaneConformanceTest {

    @Test
    void aPodBecomesTheDataplaneThatKumaMakesOfIt() throws IOException {
        ConformanceArea.of("pod-to-dataplane").verify(PodToDataplaneConformanceTest::check);
    }

    private static void check(Case one) throws IOException {
        JsonNode golden = one.yaml("dataplane.golden.yaml");
        PodOwnerResource pod = RecordedResources.pod(one.yaml("pod.yaml"));
        assertThat(labels(one, pod)).isEqualTo(recordedLabels(golden, pod));
        JsonNode networking = golden.path("spec").path("networking");
        if (networking.has("gateway")) {
            assertThat(SetupDoubts.of(pod.podMetadata())).isNotEmpty();
            return;
        }
        List<ServiceResource> services = new ArrayList<>();
        for (JsonNode service : one.yamls("services.yaml")) {
            services.add(RecordedResources.service(service));
        }
        InboundTags tags = new InboundTags("demo", "example", ModelOptions.DEFAULT.withTarget(Target.KUMA_3));
        assertThat(new InboundConverter(tags, InboundConverter.Duplicates.MOST_SERVING)
                        .convert(pod, services).stream()
                                .map(PodToDataplaneConformanceTest::shown)
                                .toList())
                .isEqualTo(recordedInbounds(networking.path("inbound")));
    }

    private static SortedMap<String, String> labels(Case one, PodOwnerResource pod) throws IOException {
        JsonNode setting = one.yaml("case.yaml");
        List<String> workloadLabels = new ArrayList<>();
        setting.path("workloadLabels").forEach(label -> workloadLabels.add(label.asText()));
        ModelOptions options =
                new ModelOptions(setting.path("zone").asText(), List.of("kuma-system"), null, false, workloadLabels);
        Sources none = Sources.of(List.of(), options, new DiagnosticSink());
        String namespace =
                one.yaml("pod.yaml").path("metadata").path("namespace").asText();
        String mesh = new Injection(none, options, new DiagnosticSink()).meshOf(pod.podMetadata(), namespace);
        SortedMap<String, String> labels =
                new TreeMap<>(new DataplaneConverter(none, options).computed(pod, namespace, mesh));
        // The recorded control plane had no mode, in which these are not computed.
        labels.keySet().removeAll(List.of(KumaLabels.ZONE, KumaLabels.ORIGIN, KumaLabels.ENVIRONMENT));
        return labels;
    }

    private static Map<String, String> recordedLabels(JsonNode golden, PodOwnerResource pod) {
        Map<String, String> labels =
                RecordedResources.strings(golden.path("metadata").path("labels"));
        labels.remove(KumaLabels.ZONE);
        if (pod.pod().serviceAccountName() == null) {
            // The recorded pods did not pass Kubernetes' admission, which fills this in.
            labels.put(KumaLabels.SERVICE_ACCOUNT, "default");
            labels.putIfAbsent(KumaLabels.WORKLOAD, "default");
        }
        return labels;
    }

    private static String shown(Inbound inbound) {
        return inbound.port() + " " + inbound.name() + " " + inbound.protocol() + " " + inbound.state();
    }

    private static List<String> recordedInbounds(JsonNode inbounds) {
        List<String> shown = new ArrayList<>();
        for (JsonNode inbound : inbounds) {
            String name = inbound.has("name") ? inbound.path("name").asText() : null;
            String state = switch (inbound.path("state").asText("Ready")) {
                case "Ready" -> "READY";
                case "NotReady" -> "NOT_READY";
                case "Ignored" -> "IGNORED";
                default -> "?";
            };
            // Kuma keeps the name of a protocol it does not know, and treats it as TCP.
            Protocol protocol = Protocol.of(inbound.path("protocol").asText());
            shown.add(inbound.path("port").asInt() + " " + name + " " + protocol + " " + state);
        }
        return shown;
    }
}
