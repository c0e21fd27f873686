package dev.writ.compiler.model;

import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of the Writ language in the words of Kuma, which refuses a prefix that is no SPIFFE ID. */
final class KumaRulesTest {
    private static final String TRUST_DOMAIN = "spiffe://default.default.mesh.local";
    private static final String OWN_CA = "issue bundled { autogenerate  self-signed }";
    private static final String KUBERNETES = "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}";

    private record Built(List<CallerPattern> callers, List<Diagnostic> findings) {}

    private static Built build(Target target, String path, String issue, String... rules) {
        String text = """
                mesh default zone default
                identity workloads {
                  id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local%s"
                  %s
                }
                workload kuma-demo/kv {
                  port 5050 http
                }
                permission callers on workloads {
                  %s
                }
                """.formatted(path, issue, String.join("\n  ", rules));
        DiagnosticSink sink = new DiagnosticSink();
        MeshModel model = ModelBuilder.build(
                new ArrayList<>(new ResourceReader().read(new SourceFile("policy.writ", text), sink)),
                ModelOptions.DEFAULT.withTarget(target),
                sink);
        return new Built(
                model.meshes().getFirst().permissions().getFirst().rules().stream()
                        .map(Permission.Rule::callers)
                        .toList(),
                sink.sorted());
    }

    @ParameterizedTest
    @EnumSource(names = {"KUMA_2_12", "KUMA_2_13", "KUMA_2_14", "KUMA_3"})
    void whatIsBelowAnIdIsThePrefixThatGoesOnIntoTheTemplate(Target target) {
        Built built = build(
                target,
                KUBERNETES,
                OWN_CA,
                "allow " + TRUST_DOMAIN + "/ns/{shop,cart}/**",
                "deny " + TRUST_DOMAIN + "/**",
                "allow prefix \"" + TRUST_DOMAIN + "/ns/batch/\"",
                "allow " + TRUST_DOMAIN + "/ns/a/sa/b");

        assertThat(built.findings()).isEmpty();
        assertThat(built.callers())
                .containsExactly(
                        new IdPrefix(TRUST_DOMAIN + "/ns/shop/sa"),
                        new IdPrefix(TRUST_DOMAIN + "/ns/cart/sa"),
                        new IdPrefix(TRUST_DOMAIN + "/ns"),
                        new IdPrefix(TRUST_DOMAIN + "/ns/batch/sa"),
                        new ExactId(TRUST_DOMAIN + "/ns/a/sa/b"));
    }

    @Test
    void theTargetEnvoyKeepsThePattern() {
        assertThat(build(Target.ENVOY, KUBERNETES, OWN_CA, "allow " + TRUST_DOMAIN + "/ns/shop/**")
                        .callers())
                .containsExactly(new CallerPattern.BelowId(TRUST_DOMAIN + "/ns/shop"));
    }

    @ParameterizedTest
    @CsvSource({
        // The template goes on with a variable, ends there, or has no such path.
        "/{{ .Namespace }}/{{ .ServiceAccount }}, /shop/**",
        "/ns/{{ .Namespace }}, /ns/shop/**",
        "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}, /job/**"
    })
    void whereNoPrefixIsEqualThePatternIsRefused(String path, String pattern) {
        Built built = build(Target.KUMA_3, path, OWN_CA, "allow " + TRUST_DOMAIN + pattern);

        assertThat(built.callers()).isEmpty();
        assertThat(built.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.TARGET_UNSUPPORTED);
            assertThat(underlined(finding)).isEqualTo(TRUST_DOMAIN + pattern);
            assertThat(finding.message()).startsWith("the target `kuma-3` has no word for everything below");
        });
    }

    @ParameterizedTest
    @CsvSource({"issue spire", "issue extension", "'issue bundled { certificate file \"/a\"\n key file \"/b\"\n }'"})
    void whereOthersMaySignADenyHasNoPrefix(String issue) {
        assertThat(build(Target.KUMA_3, KUBERNETES, issue, "deny " + TRUST_DOMAIN + "/ns/shop/**")
                        .findings())
                .filteredOn(finding -> finding.id() == DiagnosticId.TARGET_UNSUPPORTED)
                .singleElement()
                .satisfies(finding -> assertThat(underlined(finding)).isEqualTo(TRUST_DOMAIN + "/ns/shop/**"));
    }

    @Test
    void eachThingWithoutAWordIsSaidOnce() {
        Built built = build(
                Target.KUMA_3,
                KUBERNETES,
                OWN_CA,
                "allow anyone",
                "allow spiffe://*/ns/{a,b}/sa/c",
                "allow prefix \"spiffe://\"",
                "allow anyone to GET \"/{a,b}\"");

        assertThat(built.callers()).isEmpty();
        assertThat(built.findings())
                .extracting(Diagnostic::id, ModelFixture::underlined)
                .containsExactly(
                        tuple(DiagnosticId.TARGET_UNSUPPORTED, "anyone"),
                        tuple(DiagnosticId.TARGET_UNSUPPORTED, "spiffe://*/ns/{a,b}/sa/c"),
                        tuple(DiagnosticId.TARGET_UNSUPPORTED, "spiffe://"),
                        tuple(DiagnosticId.TARGET_UNSUPPORTED, "anyone to GET \"/{a,b}\""));
    }

    @Test
    void theZonesOfARunKnowEachOthersTemplates() {
        String text = """
                mesh default zone east, west
                identity workloads {
                  id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }
                workload shop/web {
                  port 80
                }
                permission callers on workloads {
                  allow spiffe://{default.east.mesh.local,default.west.mesh.local}/ns/shop/**
                }
                """;
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> resources =
                new ArrayList<>(new ResourceReader().read(new SourceFile("policy.writ", text), sink));
        MeshModel model = ModelBuilder.build(
                resources, ModelOptions.DEFAULT.withTarget(Target.KUMA_3).withDeclaredZones(resources), sink);

        assertThat(sink.sorted()).isEmpty();
        assertThat(model.meshes())
                .hasSize(2)
                .allSatisfy(mesh -> assertThat(mesh.permissions().getFirst().rules())
                        .extracting(Permission.Rule::callers)
                        .containsExactly(
                                new IdPrefix("spiffe://default.east.mesh.local/ns/shop/sa"),
                                new IdPrefix("spiffe://default.west.mesh.local/ns/shop/sa")));
    }
}
