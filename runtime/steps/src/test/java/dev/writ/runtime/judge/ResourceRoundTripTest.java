package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.resource.ResourceEmitter;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import dev.writ.compiler.syntax.WritRulesParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What is written for the target {@code resources}, read again, decides every call of an issued SPIFFE ID alike. */
class ResourceRoundTripTest {
    private static final ModelOptions OPTIONS = ModelOptions.DEFAULT.withTarget(Target.RESOURCES);
    private static final String ID = "spiffe://default.default.mesh.local";
    private static final List<String> PATHS = List.of(
            "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}",
            "/k8s/ns-{{ .Namespace }}/sa-{{ .ServiceAccount }}",
            "/{{ .Namespace }}/{{ .ServiceAccount }}",
            "/ns/{{ .Namespace }}/app/{{ label \"app\" }}");
    private static final List<String> NAMESPACES = List.of("shop", "shop-evil", "shop2", "sh");
    private static final List<String> ACCOUNTS = List.of("web", "web2", "sa", "default");

    private final Random random = new Random(20_260);

    @Test
    void resourcesReadAgainDecideTheSame() {
        int emitted = 0;
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            List<Resource> declared = declared(path);
            String workloads = workloads();
            Compilation before = compile(identity(path) + workloads, declared);
            DiagnosticSink sink = new DiagnosticSink();
            Optional<SortedMap<String, String>> files = ResourceEmitter.emit(before.model(), sink);
            if (files.isEmpty()) {
                assertThat(sink.hasErrors()).isTrue();
                refused++;
                continue;
            }
            emitted++;
            Compilation after = compile(String.join("---\n", files.get().values()) + "---\n" + workloads, List.of());
            assertSame(before, after, path, files.get());
        }
        assertThat(emitted).isGreaterThan(50);
        assertThat(refused).isPositive();
    }

    private void assertSame(Compilation before, Compilation after, String path, Map<String, String> files) {
        ModelJudge one = new ModelJudge(before.policy());
        ModelJudge other = new ModelJudge(after.policy());
        for (Workload workload : before.model().workloads()) {
            for (String namespace : NAMESPACES) {
                for (String account : ACCOUNTS) {
                    String id = ID + issued(path, namespace, account);
                    Call call = new Call(new Caller.Certificate(List.of(id)), workload.key(), 8080, null, null, null);
                    assertThat(other.judge(call).decision())
                            .as(id + " calls " + workload.key() + "\n" + files)
                            .isEqualTo(one.judge(call).decision());
                }
            }
        }
    }

    private static String issued(String path, String namespace, String account) {
        return path.replace("{{ .Namespace }}", namespace)
                .replace("{{ .ServiceAccount }}", account)
                .replace("{{ label \"app\" }}", account);
    }

    private static Compilation compile(String yaml, List<Resource> declared) {
        Compilation compilation = PolicyCompiler.compile(List.of(new SourceFile("mesh.yaml", yaml)), declared, OPTIONS);
        assertThat(compilation.model().workloads())
                .as(compilation.diagnostics().toString())
                .isNotEmpty();
        return compilation;
    }

    private List<Resource> declared(String path) {
        List<Resource> declared = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<String> rules = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(4); j++) {
                rules.add(rule(path));
            }
            declared.add(permission("permission-" + i, String.join("\n", rules)));
        }
        return declared;
    }

    private String rule(String path) {
        String id = issued(path, any(NAMESPACES), any(ACCOUNTS));
        String action = any(List.of("allow", "allow", "deny", "shadow-deny"));
        int slash = id.lastIndexOf('/');
        return switch (random.nextInt(4)) {
            case 0 -> action + " " + ID + id;
            case 1 -> action + " " + ID + "/**";
            case 2 -> action + " prefix \"" + ID + id.substring(0, slash + 1 + random.nextInt(2)) + "\"";
            default -> {
                String first = id.substring(0, slash);
                int other = first.lastIndexOf('/');
                yield action + " " + ID + (other > 0 && random.nextBoolean() ? first.substring(0, other) : first)
                        + "/**";
            }
        };
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private Resource permission(String name, String rules) {
        SourceFile file = new SourceFile("rules", rules);
        SourceSpan span = file.span(0, rules.length());
        DiagnosticSink sink = new DiagnosticSink();
        int[] offsets = new int[rules.length() + 1];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i;
        }
        TargetRef target = random.nextBoolean()
                ? new WholeMesh()
                : new OneWorkload(new Located<>(any(List.of("shop/web", "shop/web2")), span));
        List<dev.writ.compiler.syntax.RuleSyntax> read =
                WritRulesParser.parse(new SourceText(rules, span, offsets), sink).stream()
                        .toList();
        assertThat(sink.sorted()).as(rules).isEmpty();
        return new PermissionResource(
                new Metadata(new Located<>(name, span), null, Map.of(), Map.of(), List.of(), null),
                span,
                target,
                read,
                List.of(),
                true);
    }

    private static String identity(String path) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata: {name: identity, namespace: kuma-system, labels: {kuma.io/mesh: default}}
                spec:
                  selector: {dataplane: {matchLabels: {}}}
                  spiffeID:
                    trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                    path: '%s'
                  provider:
                    type: Bundled
                    bundled: {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}
                ---
                """.formatted(path);
    }

    private static String workloads() {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {kuma.io/sidecar-injection: enabled}}
                """);
        for (String name : List.of("web", "web2")) {
            yaml.append("""
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s, namespace: shop}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s}}
                        spec:
                          serviceAccountName: %1$s
                          containers: [{name: app, image: example, ports: [{containerPort: 8080}]}]
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: %1$s, namespace: shop}
                    spec:
                      selector: {app: %1$s}
                      ports: [{port: 80, targetPort: 8080}]
                    """.formatted(name));
        }
        return yaml.toString();
    }
}
