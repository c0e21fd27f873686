package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.model.KumaLabels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The server names by which Kuma's proxies say which service they call. */
public final class ServerNames {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private ServerNames() {}

    /**
     * A destination, as its KRI names it.
     *
     * @param type {@code msvc}, {@code extsvc} or {@code mzsvc}
     * @param zone empty for a resource of the global control plane
     * @param namespace empty in the universal form; without a zone it does not count
     * @param section the name of the port, or its number
     */
    public record Destination(String type, String mesh, String zone, String namespace, String name, String section) {
        /** The labels of its server name. */
        List<String> labels() {
            List<String> labels = new ArrayList<>(List.of("sni", type, mesh));
            if (!zone.isEmpty()) {
                labels.add(zone);
                if (!namespace.isEmpty()) {
                    labels.add(namespace);
                }
            }
            labels.add(name);
            labels.add(section);
            return labels;
        }
    }

    /** {@code sni.msvc.<mesh>[.<zone>[.<namespace>]].<name>.<section>} ({@code core/resources/sni}). */
    public static String of(Destination destination) {
        return String.join(".", destination.labels());
    }

    /** Why a destination can have no server name; empty where it can: every label must be a DNS label, the whole a DNS name. */
    public static Optional<String> fault(Destination destination) {
        for (String label : destination.labels()) {
            if (label.isEmpty()) {
                return Optional.of("mesh, name and section must not be empty");
            }
            if (label.length() > LONGEST_LABEL) {
                return Optional.of("`" + label + "` is longer than " + LONGEST_LABEL + " characters");
            }
            if (!LABEL.matcher(label).matches()) {
                return Optional.of("`" + label + "` is no DNS label");
            }
        }
        return of(destination).length() > LONGEST_NAME
                ? Optional.of("the server name is longer than " + LONGEST_NAME + " characters")
                : Optional.empty();
    }

    /**
     * {@code a<hash>.<name>.<port>.<mesh>.ms} ({@code xds/envoy/tls/sni.go}, up to 2.14).
     *
     * @param name of the MeshService, with a dot and its namespace where it has one
     */
    public static String hashed(String name, String mesh, int port) {
        return String.format(
                Locale.ROOT, "a%016x.%s.%d.%s.ms", fnv64a(name + ";" + mesh + ";"), cut(name), port, cut(mesh));
    }

    /** {@code <service>{mesh=<mesh>,<tag>=<value>}}, of an outbound by tags (up to 2.14). */
    public static String ofTags(String service, String mesh, SortedMap<String, String> tags) {
        SortedMap<String, String> others = new TreeMap<>(tags);
        others.remove(KumaLabels.SERVICE);
        others.put("mesh", mesh);
        return service
                + others.entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String cut(String label) {
        return label.length() > LONGEST_LABEL - 1 ? label.substring(0, LONGEST_LABEL - 1) + "x" : label;
    }

    private static long fnv64a(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
