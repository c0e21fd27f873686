package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.Container;
import dev.writ.compiler.syntax.Resource.ContainerPort;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.PodSpec;
import dev.writ.compiler.syntax.Resource.PodStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads pods and what makes pods, as far as Kuma's converter looks at them; other fields pass. */
final class PodReader {
    static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    /** The fields of a pod spec that could be taken for misspelt ones of those read here. */
    private static final String[] OTHERS = {"ephemeralContainers", "automountServiceAccountToken", "hostname"};

    private PodReader() {}

    static Resource readPod(Document document) {
        PodStatus status = status(document.fields());
        return resource(document, document.metadata(), document.requiredSpec(), status);
    }

    /** What {@code kubectl get} prints beside the spec: Kuma's converter takes an inbound's readiness from it. */
    private static PodStatus status(Fields pod) {
        boolean terminating = pod.mapping("metadata").any("deletionTimestamp") != null;
        Fields status = pod.mapping("status");
        Map<String, Boolean> ready = new LinkedHashMap<>();
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            for (Fields container : status.mappings(list)) {
                String name = Objects.requireNonNullElse(container.string("name"), "");
                ready.put(name, container.flag("ready", false));
            }
        }
        return new PodStatus(terminating, ready);
    }

    /** A controller with {@code spec.template}. */
    static Resource readOwner(Document document) {
        return template(document, document.requiredSpec());
    }

    static Resource readCronJob(Document document) {
        return template(
                document, document.requiredSpec().requiredMapping("jobTemplate").requiredMapping("spec"));
    }

    private static Resource template(Document document, Fields spec) {
        Fields template = spec.requiredMapping("template");
        Metadata pods =
                MetadataReader.readTemplate(template, document.metadata().name());
        return resource(document, pods, template.requiredMapping("spec"), PodStatus.UNKNOWN);
    }

    private static Resource resource(Document document, Metadata pods, Fields spec, PodStatus status) {
        Located<String> account = spec.name("serviceAccountName");
        // The deprecated alias, which the Kubernetes API still fills in and accepts.
        Located<String> alias = spec.name("serviceAccount");
        PodSpec pod = new PodSpec(
                account == null ? alias : account, containers(spec, "containers"), containers(spec, "initContainers"));
        spec.pass(OTHERS);
        spec.refuseMisspelt();
        return new PodOwnerResource(
                document.kind().value(),
                document.metadata(),
                document.metadata().name().span(),
                pods,
                pod,
                status);
    }

    private static List<Container> containers(Fields spec, String name) {
        List<Container> containers = new ArrayList<>();
        for (Fields fields : spec.mappings(name)) {
            List<ContainerPort> ports = fields.mappings("ports").stream()
                    .map(PodReader::port)
                    .filter(Objects::nonNull)
                    .toList();
            String containerName = Objects.requireNonNullElse(fields.string("name"), "");
            containers.add(new Container(containerName, ports, fields.string("restartPolicy")));
            fields.pass("port");
            fields.refuseMisspelt();
        }
        return containers;
    }

    private static @Nullable ContainerPort port(Fields port) {
        port.require("containerPort");
        Integer number = port.port("containerPort");
        Located<String> protocol = port.oneOf("protocol", PROTOCOLS);
        String name = port.string("name");
        port.pass("hostPort", "hostIP");
        port.refuseMisspelt();
        return number == null
                ? null
                : new ContainerPort(
                        name, number, protocol == null ? "TCP" : protocol.value(), port.keySpan("containerPort"));
    }
}
