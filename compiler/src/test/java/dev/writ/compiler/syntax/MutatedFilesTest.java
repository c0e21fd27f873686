package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.source.SourceFile;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** However a file is broken, reading it ends in findings with places, never in an exception. */
class MutatedFilesTest {
    private static final String VALID = """
            # the guide's resources
            apiVersion: kuma.io/v1alpha1
            kind: MeshIdentity
            metadata:
              name: identity
              namespace: kuma-system
              labels: {kuma.io/mesh: default}
            spec:
              selector: {dataplane: {matchLabels: {}}}
              spiffeID:
                trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                path: "/ns/{{ .Namespace }}/sa/{{ label \\"x\\" }}\\u00e9"
              provider:
                type: Bundled
                bundled: {autogenerate: {enabled: true}, certificateParameters: {expiry: 24h}}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrafficPermission
            metadata: {name: mtp, namespace: demo}
            spec:
              targetRef: {kind: Dataplane, labels: {app: kv}}
              rules:
              - default:
                  allow:
                  - spiffeID:
                      type: Prefix
                      value: >-
                        spiffe://default.default.mesh.local/ns/demo
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Service
              metadata: {name: kv, namespace: demo}
              spec: {selector: {app: kv}, ports: [{port: 5050, targetPort: http, appProtocol: http}]}
            - apiVersion: apps/v1
              kind: Deployment
              metadata: {name: kv, namespace: demo}
              spec:
                template:
                  metadata: {labels: {app: kv}}
                  spec: {containers: [{name: app, ports: [{containerPort: 5050, name: http}]}]}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrust
            metadata: {name: t, namespace: kuma-system}
            spec:
              trustDomain: td
              caBundles:
              - type: Pem
                pem:
                  value: |2-
                    -----BEGIN CERTIFICATE-----
                    -----END CERTIFICATE-----
            """;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        ":",
        ": ",
        "- ",
        "#",
        "&a ",
        "*a",
        "!",
        "!!int ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "\t",
        "\n",
        "  ",
        "---\n",
        "...\n",
        "\\",
        "\\x",
        "\\UFFFFFFFF",
        "<<: ",
        "? ",
        "\r",
        "\r\n",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\u0007",
        "😀",
        "\uD800",
        "null",
        "5",
        "{{ ",
        "}}",
        "%YAML 9.9\n",
        "%TAG ! x\n",
        "0x",
        "1e999"
    };

    @Test
    void theFileItselfIsFine() {
        assertThat(Reading.of(VALID).findings()).isEmpty();
    }

    @Test
    void mutationsEndInFindings() {
        Random random = new Random(3);
        int broken = 0;
        for (int i = 0; i < 3_000; i++) {
            String yaml = VALID;
            for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                yaml = mutate(yaml, random);
            }
            Optional<Throwable> failure = failure(yaml);
            if (failure.isPresent()) {
                Assertions.fail("reading this: " + shrink(yaml), failure.get());
            }
            broken += Reading.of(yaml).diagnostics().isEmpty() ? 0 : 1;
        }
        assertThat(broken).isGreaterThan(1_500);
    }

    private static String mutate(String yaml, Random random) {
        int at = random.nextInt(yaml.length() + 1);
        int end = Math.min(yaml.length(), at + 1 + random.nextInt(6));
        return switch (random.nextInt(6)) {
            case 0 -> yaml.substring(0, at) + yaml.substring(end);
            case 1 -> yaml.substring(0, at);
            case 2 -> {
                int line = yaml.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
                int next = yaml.indexOf('\n', line);
                String text = next < 0 ? yaml.substring(line) : yaml.substring(line, next + 1);
                yield yaml.substring(0, line) + text + yaml.substring(line);
            }
            default -> yaml.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + yaml.substring(at);
        };
    }

    private static Optional<Throwable> failure(String yaml) {
        try {
            for (Diagnostic diagnostic :
                    Reading.of(new SourceFile("t.yaml", yaml)).diagnostics()) {
                boolean sound = !diagnostic.message().contains("\n")
                        && !diagnostic.message().contains("org.snakeyaml");
                boolean placed =
                        diagnostic.span() != null || diagnostic.id().id().equals("source.ignored");
                if (!sound || !placed) {
                    return Optional.of(new AssertionError(diagnostic));
                }
            }
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    /** The fewest lines that still fail. */
    private static String shrink(String yaml) {
        String smallest = yaml;
        for (int line = 0; line < smallest.lines().count(); ) {
            String without = without(smallest, line);
            if (failure(without).isPresent()) {
                smallest = without;
            } else {
                line++;
            }
        }
        return smallest;
    }

    private static String without(String yaml, int line) {
        int from = 0;
        for (int i = 0; i < line; i++) {
            from = yaml.indexOf('\n', from) + 1;
        }
        int to = yaml.indexOf('\n', from);
        return yaml.substring(0, from) + (to < 0 ? "" : yaml.substring(to + 1));
    }
}
