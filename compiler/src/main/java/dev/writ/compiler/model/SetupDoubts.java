package dev.writ.compiler.model;

import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The annotations of a pod that change what its proxy is or which calls reach it, and that Writ does not model. Probes
 * ({@code kuma.io/virtual-probes}, {@code kuma.io/application-probe-proxy-port}) are none of them: they open a port of
 * their own and leave the inbounds as they are.
 */
final class SetupDoubts {
    private static final String EXCLUDED_PORTS = "traffic.kuma.io/exclude-inbound-ports";
    private static final String PROXY_CONFIG = "traffic.kuma.io/transparent-proxy-config";

    private static final Map<String, String> WHOLE = new LinkedHashMap<>();

    static {
        WHOLE.put("kuma.io/gateway", "makes it a gateway, and gateways are not modelled");
        WHOLE.put("kuma.io/ingress", "makes it a zone ingress, which is not modelled");
        WHOLE.put("kuma.io/egress", "makes it a zone egress, which is not modelled");
        WHOLE.put("kuma.io/container-patches", "changes its sidecar, and such patches are not modelled");
        WHOLE.put("traffic.kuma.io/exclude-inbound-ips", "lets some callers pass its proxy by");
        WHOLE.put(
                "traffic.kuma.io/transparent-proxy-configmap-name",
                "lets a ConfigMap say which of its ports are intercepted, and that is not modelled");
    }

    /** What can take calls away from the proxy. The injector writes only what differs from its defaults. */
    private static final Pattern NARROWED = Pattern.compile("exclude|enabled: *false", Pattern.CASE_INSENSITIVE);

    private SetupDoubts() {}

    static List<Doubt> of(Metadata pod) {
        List<Doubt> doubts = new ArrayList<>();
        WHOLE.forEach((key, effect) -> {
            SourceText text = pod.annotations().get(key);
            if (text != null && !isOff(text.value())) {
                doubts.add(new Doubt(
                        "the annotation `" + key + "` " + effect, text.span(), 0, key.startsWith("traffic.kuma.io/")));
            }
        });
        SourceText ports = pod.annotations().get(EXCLUDED_PORTS);
        if (ports != null) {
            doubts.addAll(ofPorts(ports));
        }
        SourceText config = pod.annotations().get(PROXY_CONFIG);
        if (config != null && NARROWED.matcher(config.value()).find()) {
            doubts.add(new Doubt(
                    "the annotation `" + PROXY_CONFIG + "` narrows what its proxy intercepts",
                    firstLine(config),
                    0,
                    true));
        }
        return doubts;
    }

    private static boolean isOff(String value) {
        return value.isEmpty() || value.equals("disabled") || value.equals("false");
    }

    private static List<Doubt> ofPorts(SourceText text) {
        List<Doubt> doubts = new ArrayList<>();
        int start = 0;
        for (String entry : text.value().split(",", -1)) {
            String port = entry.strip();
            if (!port.isEmpty()) {
                int from = start + entry.indexOf(port);
                SourceSpan span = text.span(from, from + port.length());
                boolean isPort = port.matches("[0-9]{1,5}");
                String what = isPort ? "port " + port : "`" + port + "`";
                doubts.add(new Doubt(
                        "the annotation `" + EXCLUDED_PORTS + "` lets calls to " + what + " pass the proxy by",
                        span,
                        isPort ? Integer.parseInt(port) : 0,
                        true));
            }
            start += entry.length() + 1;
        }
        return doubts;
    }

    private static SourceSpan firstLine(SourceText text) {
        int end = text.value().indexOf('\n');
        return text.span(0, end < 0 ? text.value().length() : end);
    }
}
