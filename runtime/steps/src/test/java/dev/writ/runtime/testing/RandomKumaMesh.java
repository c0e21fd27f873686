package dev.writ.runtime.testing;

import java.util.List;
import java.util.Random;

/**
 * A random mesh of a Kuma, as its universal resources: identities and builtin mTLS beside each other, permissions of both forms,
 * TLS modes, six dataplanes with an HTTP and a TCP inbound each.
 */
public final class RandomKumaMesh {
    static final int DATAPLANES = 6;
    static final int HTTP = 8080;
    static final int TCP = 6379;
    static final String TRUST_DOMAIN = "default.default.mesh.local";
    static final List<String> APPS = List.of("web", "web2", "kv");
    static final List<String> NAMESPACES = List.of("shop", "shop-evil");
    public static final String SERVER_NAME = "sni.kv.example";
    private static final List<String> VERSIONS = List.of("v1", "v2");

    private final Random random;
    private final boolean hasLegacy;
    private final StringBuilder yaml = new StringBuilder();

    /** @param hasLegacy whether the target still has builtin mTLS and {@code from} */
    public RandomKumaMesh(Random random, boolean hasLegacy) {
        this.random = random;
        this.hasLegacy = hasLegacy;
    }

    public String generate() {
        add("type: Mesh\nname: default\nmeshServices:\n  mode: Exclusive\n" + (hasLegacy && odds(2) ? mtls() : ""));
        for (int i = 0; i < DATAPLANES; i++) {
            dataplane(i);
        }
        int identities = random.nextInt(3);
        for (int i = 0; i < identities; i++) {
            identity(i);
        }
        if (odds(3)) {
            resource(
                    "MeshTLS",
                    "tls",
                    target("  ") + "  rules:\n    - default:\n        mode: " + pick(List.of("Strict", "Permissive"))
                            + "\n");
        }
        int permissions = random.nextInt(6);
        for (int i = 0; i < permissions; i++) {
            permission(i);
        }
        return yaml.toString();
    }

    /** A SPIFFE ID of the mesh, of a builtin certificate, or of neither. */
    public String id() {
        return switch (random.nextInt(8)) {
            case 0 -> "spiffe://default/" + pick(APPS);
            case 1 -> "spiffe://other.example/ns/shop/sa/web";
            default -> "spiffe://" + TRUST_DOMAIN + "/ns/" + pick(NAMESPACES) + "/sa/" + pick(APPS);
        };
    }

    private String mtls() {
        return "mtls:\n  enabledBackend: ca-1\n  backends:\n    - name: ca-1\n      type: builtin\n"
                + (odds(4) ? "      mode: PERMISSIVE\n" : "");
    }

    private void dataplane(int index) {
        String app = APPS.get(index % APPS.size());
        String tags = """
                      tags:
                        kuma.io/service: %s
                        kuma.io/protocol: %%s
                        version: %s
                """.formatted(app, pick(VERSIONS));
        add("""
                type: Dataplane
                mesh: default
                name: dp-%d
                labels:
                  app: %s
                  k8s.kuma.io/namespace: %s
                  k8s.kuma.io/service-account: %s
                networking:
                  address: 192.168.0.%d
                  inbound:
                    - port: %d
                      name: http
                      protocol: http
                %s    - port: %d
                      name: tcp
                      protocol: tcp
                %s""".formatted(
                        index,
                        app,
                        pick(NAMESPACES),
                        app,
                        index + 1,
                        HTTP,
                        tags.formatted("http"),
                        TCP,
                        tags.formatted("tcp")));
    }

    private void identity(int index) {
        String provider = odds(4)
                ? "    type: Spire\n    spire: {}\n"
                : "    type: Bundled\n    bundled:\n      meshTrustCreation: " + (odds(5) ? "Disabled" : "Enabled")
                        + "\n      insecureAllowSelfSigned: " + !odds(6)
                        + "\n      autogenerate:\n        enabled: true\n";
        String labels = odds(2) ? "{}" : "{app: " + pick(APPS) + "}";
        resource(
                "MeshIdentity",
                "identity-" + index,
                """
                  selector:
                    dataplane:
                      matchLabels: %s
                  spiffeID:
                    trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                    path: '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}'
                  provider:
                """.formatted(labels).stripTrailing().indent(0) + provider);
    }

    private void permission(int index) {
        StringBuilder spec = new StringBuilder(target("  "));
        int entries = 1 + random.nextInt(2);
        if (hasLegacy && odds(2)) {
            spec.append("  from:\n");
            for (int i = 0; i < entries; i++) {
                spec.append("    - targetRef:\n").append(client()).append("      default:\n        action: ");
                spec.append(pick(List.of("Allow", "Allow", "Deny", "AllowWithShadowDeny")))
                        .append('\n');
            }
        } else {
            spec.append("  rules:\n");
            for (int i = 0; i < entries; i++) {
                spec.append("    - default:\n");
                String first = pick(List.of("allow", "deny", "allowWithShadowDeny"));
                spec.append(matches(first)).append(first.equals("allow") ? "" : matches("allow"));
            }
        }
        resource("MeshTrafficPermission", "mtp-" + index, spec.toString());
    }

    private String matches(String list) {
        StringBuilder matches = new StringBuilder("        " + list + ":\n");
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String id = id();
            boolean exact = odds(2);
            String value = exact ? id : "spiffe://" + prefix(id.substring("spiffe://".length()));
            matches.append("          - spiffeID:\n              type: ")
                    .append(exact ? "Exact" : "Prefix")
                    .append("\n              value: ")
                    .append(value)
                    .append('\n');
        }
        return matches.toString();
    }

    /** Cut anywhere, but not behind a slash: Kuma's validation refuses that. */
    private String prefix(String text) {
        String cut = text.substring(0, 1 + random.nextInt(text.length()));
        while (cut.endsWith("/") || cut.endsWith(".")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }

    private String target(String indent) {
        String dataplanes = indent + "targetRef:\n" + indent + "  kind: Dataplane\n";
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> indent + "targetRef:\n" + indent + "  kind: Mesh\n";
            case 2 -> dataplanes + indent + "  labels:\n" + indent + "    app: " + pick(APPS) + "\n";
            default ->
                dataplanes + indent + "  labels:\n" + indent + "    app: " + pick(APPS) + "\n" + indent
                        + "  sectionName: " + pick(List.of("http", "tcp")) + "\n";
        };
    }

    private String client() {
        return switch (random.nextInt(3)) {
            case 0 -> "        kind: Mesh\n";
            case 1 -> "        kind: MeshSubset\n        tags:\n          kuma.io/service: " + pick(APPS) + "\n";
            default -> "        kind: MeshSubset\n        tags:\n          version: " + pick(VERSIONS) + "\n";
        };
    }

    private void resource(String type, String name, String spec) {
        add("type: " + type + "\nmesh: default\nname: " + name + "\nspec:\n" + spec);
    }

    private void add(String document) {
        yaml.append(yaml.isEmpty() ? "" : "---\n").append(document);
    }

    private boolean odds(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
