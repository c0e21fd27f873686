package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.envoy.kuma.ProxyConfigReader.Unreadable;
import dev.writ.compiler.envoy.kuma.ProxyDump.Dataplane;
import dev.writ.compiler.envoy.kuma.ProxyDump.Refused;
import dev.writ.compiler.envoy.kuma.ProxyDump.TaggedInbound;
import dev.writ.compiler.model.KumaLabels;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code /config_dump} of a proxy's admin interface, or the same by names as {@code kuma-cp} recorders keep it:
 * {@code {"listeners": {NAME: …, "NAME!warming": …, "NAME!error": …}, "clusters": …, "secrets": …}}.
 *
 * <p>What a control plane says that it would send ({@code GET …/_config}) is refused: Kuma makes it with a made-up Bundled
 * identity ({@code core/xds/inspect/config.go}), so its TLS is wrong for Spire, and it has no SVID.
 */
public final class ProxyDumpReader {
    /** The dump of a proxy with thousands of destinations is a tenth of it. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTROL_PLANE_KEY = "type.googleapis.com/envoy.";
    private static final String STATE_OF_WARMING = "!warming";
    private static final String STATE_OF_ERROR = "!error";

    private final List<TaggedInbound> inbounds = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<String> warming = new ArrayList<>();
    private @Nullable Dataplane dataplane;

    private ProxyDumpReader() {}

    public static ProxyDump read(Path file) throws Unreadable, IOException {
        if (Files.isDirectory(file)) {
            throw new Unreadable("a folder, not a config dump");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new Unreadable("over the limit of " + MAX_BYTES / (1024 * 1024) + " MiB for a config dump");
        }
        try {
            return read(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new Unreadable("not JSON: not in UTF-8", e);
        }
    }

    static ProxyDump read(String text) throws Unreadable {
        JsonNode root = parsed(text);
        refuseControlPlane(root);
        ProxyConfig config = ProxyConfigReader.read(text);
        if (config.listeners().isEmpty()) {
            throw new Unreadable("no config dump of a proxy: it has no listener");
        }
        ProxyDumpReader reader = new ProxyDumpReader();
        for (JsonNode section : root.path("configs")) {
            reader.section(section);
        }
        for (Map.Entry<String, JsonNode> listener : root.path("listeners").properties()) {
            reader.named(listener.getKey(), listener.getValue());
        }
        return new ProxyDump(config, reader.dataplane, reader.inbounds, reader.refused, reader.warming);
    }

    private static JsonNode parsed(String text) throws Unreadable {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Unreadable("not JSON: " + e.getOriginalMessage());
        }
    }

    private static void refuseControlPlane(JsonNode root) throws Unreadable {
        boolean types = false;
        for (Iterator<String> keys = root.fieldNames(); keys.hasNext(); ) {
            types |= keys.next().startsWith(CONTROL_PLANE_KEY);
        }
        if (types || root.has("xds")) {
            throw new Unreadable(
                    "this is what the control plane says that it would send (`…/_config`), not what a proxy has:"
                            + " it shows a made-up identity, which is wrong for Spire, and no SVID");
        }
    }

    /** A part of Envoy's own dump; {@code envoy.admin.v3.ListenersConfigDump} has the states of each listener. */
    private void section(JsonNode section) {
        JsonNode node = section.path("bootstrap").path("node");
        if (node.path("id").isTextual()) {
            dataplane = ofNode(node.path("id").textValue());
        }
        for (JsonNode listener : section.path("dynamic_listeners")) {
            String name = listener.path("name").asText();
            tags(listener.path("active_state").path("listener"));
            if (listener.has("warming_state")) {
                warming.add(name);
            }
            if (listener.has("error_state")) {
                refused.add(new Refused(name, details(listener.path("error_state"))));
            }
        }
    }

    /** What has no name is listed again with it. */
    private void named(String key, JsonNode listener) {
        tags(listener);
        if (key.endsWith(STATE_OF_WARMING)) {
            warming.add(key.substring(0, key.length() - STATE_OF_WARMING.length()));
        } else if (key.endsWith(STATE_OF_ERROR) && !key.startsWith("?")) {
            refused.add(new Refused(key.substring(0, key.length() - STATE_OF_ERROR.length()), details(listener)));
        }
    }

    /** Envoy puts the whole message before its reason. */
    private static String details(JsonNode state) {
        String all = state.path("details").asText("no reason given").strip();
        return all.substring(all.lastIndexOf('\n') + 1).replaceFirst("^: *", "");
    }

    /** The id of Kuma's nodes is {@code mesh.dataplane}, in Kubernetes {@code mesh.pod.namespace} ({@code core/xds/types.go}). */
    private static @Nullable Dataplane ofNode(String id) {
        int mesh = id.indexOf('.');
        int namespace = id.lastIndexOf('.');
        if (mesh < 0) {
            return null;
        }
        String name = mesh == namespace ? id.substring(mesh + 1) : id.substring(mesh + 1, namespace);
        return new Dataplane(id.substring(0, mesh), null, mesh == namespace ? null : id.substring(namespace + 1), name);
    }

    /** Since Kuma 3 the tags on a listener name the dataplane, too. */
    private void tags(JsonNode listener) {
        SortedMap<String, String> tags = new TreeMap<>();
        listener.path("metadata")
                .path("filter_metadata")
                .path("io.kuma.tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        JsonNode address = listener.path("address").path("socket_address");
        if (tags.isEmpty()
                || !"INBOUND".equals(listener.path("traffic_direction").asText())) {
            return;
        }
        inbounds.add(new TaggedInbound(
                address.path("address").asText(), address.path("port_value").asInt(), tags));
        String name = tags.get(KumaLabels.DISPLAY_NAME);
        if (dataplane == null && name != null) {
            dataplane = new Dataplane(
                    tags.get("kuma.io/mesh"), tags.get("kuma.io/zone"), tags.get("k8s.kuma.io/namespace"), name);
        }
    }
}
