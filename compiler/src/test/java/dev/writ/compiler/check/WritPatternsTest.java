package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checks find in patterns of the Writ language: with {@code *}, with alternatives, in groups. */
final class WritPatternsTest {
    private static final String TRUST_DOMAIN = "spiffe://default.default.mesh.local";

    private static List<Diagnostic> check(String groups, String... rules) {
        String text = """
                mesh default zone default

                identity workloads {
                  id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }

                workload kuma-demo/kv {
                  label app = "kv"
                  port 5050 http
                }

                %s
                permission callers on workloads {
                  %s
                }
                """.formatted(groups, String.join("\n  ", rules));
        DiagnosticSink sink = new DiagnosticSink();
        PolicyCompiler.compile(
                List.of(new SourceFile("policy.writ", text)),
                List.of(),
                ModelOptions.DEFAULT,
                sink,
                Instant.parse("2027-01-01T00:00:00Z"));
        return sink.sorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://partner.example/ns/*/sa/web",
                "spiffe://partner.example/*",
                "spiffe://partner.example/ns/*/**",
                "spiffe://partner.example/ns/{a,b}/**",
                "spiffe://{default.default.mesh.local,partner.example}/ns/*/sa/web"
            })
    void aPatternInATrustDomainNobodyVouchesForIsWarnedAbout(String pattern) {
        assertThat(check("", "allow " + pattern))
                .filteredOn(finding -> finding.id() == DiagnosticId.TRUST_MISSING)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(underlined(finding)).isEqualTo(pattern);
                    assertThat(finding.message()).contains("`partner.example`");
                    assertThat(finding.help()).contains("trust partner { domain \"partner.example\"");
                });
    }

    @Test
    void aPatternOfEveryTrustDomainIsNot() {
        assertThat(check("", "allow spiffe://*/ns/*/sa/web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TRUST_DOMAIN + "/ns/*/job/nightly",
                TRUST_DOMAIN + "/job/**",
                TRUST_DOMAIN + "/*",
                "spiffe://*/job/*",
                TRUST_DOMAIN + "/ns/a/sa/b/**"
            })
    void aPatternThatNoTemplateGivesIsWarnedAbout(String pattern) {
        assertThat(check("", "allow " + pattern)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL);
            assertThat(underlined(finding)).isEqualTo(pattern);
            assertThat(finding.message()).contains("a SPIFFE ID of this pattern");
        });
    }

    @Test
    void ofAlternativesTheImpossibleOneIsNamed() {
        assertThat(check("", "allow " + TRUST_DOMAIN + "/{ns,job}/a/sa/b"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL);
                    assertThat(underlined(finding)).isEqualTo(TRUST_DOMAIN + "/{ns,job}/a/sa/b");
                    assertThat(finding.message()).contains("the SPIFFE ID `" + TRUST_DOMAIN + "/job/a/sa/b`");
                });
    }

    @Test
    void ofAGroupTheCallerIsNamedThatSomethingIsWrongWith() {
        String group = """
                group watchers {
                  %1$s/job/*
                  prefix "%1$s/ns/shop"
                  spiffe://partner.example/*
                }
                """.formatted(TRUST_DOMAIN);

        assertThat(check(group, "allow group watchers"))
                .allSatisfy(finding -> assertThat(underlined(finding)).isEqualTo("group watchers"))
                .extracting(Diagnostic::id, finding -> finding.message().replaceAll("^[^`]*`|`.*", ""))
                .containsExactlyInAnyOrder(
                        tuple(DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL, TRUST_DOMAIN + "/job/*"),
                        tuple(DiagnosticId.PERMISSION_OPEN_PREFIX, TRUST_DOMAIN + "/ns/shop"),
                        tuple(DiagnosticId.TRUST_MISSING, "partner.example"));
    }

    @Test
    void wholeSegmentsAreNeverAnOpenPrefix() {
        assertThat(check("", "allow " + TRUST_DOMAIN + "/ns/{shop,cart}/**", "allow " + TRUST_DOMAIN + "/ns/*/sa/web"))
                .isEmpty();
    }
}
