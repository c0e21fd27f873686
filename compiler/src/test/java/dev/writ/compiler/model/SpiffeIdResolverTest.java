package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpiffeIdResolverTest {
    private static final Map<String, String> LABELS =
            Map.of("app", "kv", "dots", "..", "k8s.kuma.io/namespace", "ns1", "k8s.kuma.io/service-account", "sa1");

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            /ns/{{ .Namespace }}/sa/{{ .ServiceAccount }} ¦ spiffe://td/ns/ns1/sa/sa1
            /w{{ .Workload }} ¦ spiffe://td/w
            {{ .Workload }} ¦ spiffe://td
            .evil.org/x ¦ spiffe://td.evil.org/x
            """)
    void givesWhatKumaGives(String path, String id) {
        assertThat(SpiffeIdResolver.resolve(parse(path), "td", LABELS))
                .isInstanceOfSatisfying(
                        SpiffeIdResolver.Resolved.class,
                        resolved -> assertThat(resolved.id()).hasToString(id));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            /ns/{{ .Namspace }} ¦ .Namspace ¦ template.unknown-variable ¦ unknown template variable `.Namspace` ¦ did you mean `.Namespace`?
            /m/{{ .Mesh }} ¦ .Mesh ¦ template.unknown-variable ¦ unknown template variable `.Mesh` ¦ the path template has `.TrustDomain`, `.Namespace`, `.ServiceAccount`, `.Workload`
            /x/{{ label "ap" }} ¦ label "ap" ¦ template.missing-label ¦ there is no label `ap` ¦ did you mean `app`?
            /w/{{ .Workload }} ¦ .Workload ¦ template.unresolvable ¦ `.Workload` is empty: a SPIFFE ID has no trailing slash ¦ the template gives `spiffe://td/w/`
            /w/{{ print .Workload }}/x ¦ print .Workload ¦ template.unresolvable ¦ `print .Workload` is empty: a path segment is empty ¦ the template gives `spiffe://td/w//x`
            /x/{{ printf "%*d" 1 2 }} ¦ "%*d" ¦ template.unresolvable ¦ a format with `*`, `[n]` or a width over 2,048 is not supported ¦ ~~
            /x/{{ label "dots" }} ¦ label "dots" ¦ spiffe-id.invalid ¦ `label "dots"` is `..`: a path segment is not `.` or `..` ¦ the template gives `spiffe://td/x/..`
            /x/{{ "a b" }} ¦ "a b" ¦ spiffe-id.invalid ¦ `"a b"` is `a b`: a path segment holds only `A-Z`, `a-z`, `0-9`, `.`, `_` and `-` ¦ the template gives `spiffe://td/x/a b`
            /n{{ .Namespace }}/a@b ¦ @ ¦ spiffe-id.invalid ¦ a path segment holds only `A-Z`, `a-z`, `0-9`, `.`, `_` and `-` ¦ the template gives `spiffe://td/nns1/a@b`
            /ns/{{ .Namespace }}/ ¦ / ¦ spiffe-id.invalid ¦ a SPIFFE ID has no trailing slash ¦ the template gives `spiffe://td/ns/ns1/`
            @evil.org/x ¦ @ ¦ spiffe-id.invalid ¦ a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-` ¦ the template gives `spiffe://td@evil.org/x`
            """)
    void underlinesThePartOfTheTemplateThatSpoilsTheId(
            String path, String underlined, String id, String message, String help) {
        assertThat(findings(path)).singleElement().satisfies(finding -> {
            assertThat(underlined(finding)).isEqualTo(underlined);
            assertThat(finding.id().id()).isEqualTo(id);
            assertThat(finding.message()).isEqualTo(message);
            assertThat(finding.help()).isEqualTo(help.isEmpty() ? null : help);
        });
    }

    @Test
    void findsAllThatIsWrongWithATemplate() {
        assertThat(findings("/{{ .A }}/{{ label \"b\" | print .C }}"))
                .extracting(SpiffeIdResolverTest::underlined)
                .containsExactly(".A", ".C", "label \"b\"");
    }

    @Test
    void anIdLongerThanTheSpecificationAllowsIsRefused() {
        assertThat(findings("/" + "a".repeat(2048))).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.SPIFFE_ID_INVALID);
            assertThat(finding.message()).isEqualTo("a SPIFFE ID has at most 2,048 bytes");
        });
    }

    @Test
    void aDefaultTemplateIsBlamedAtThePlaceItStandsInFor() {
        SourceSpan identity = new SourceFile("f", "name: identity").span(6, 14);
        assertThat(SpiffeIdResolver.resolve(DefaultTemplates.kubernetesPath(identity), "td", Map.of()))
                .isInstanceOfSatisfying(
                        SpiffeIdResolver.Unresolved.class,
                        unresolved -> assertThat(unresolved.findings())
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(underlined(finding)).isEqualTo("identity");
                                    assertThat(finding.message())
                                            .isEqualTo("`.Namespace` is empty: a path segment is empty");
                                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Example.org ¦ E ¦ a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`
            example.org/x ¦ / ¦ a trust domain holds no `/`
            {{ .Zone }}/x ¦ .Zone ¦ `.Zone` is empty: the trust domain is empty
            {{ label "app" }}:8080 ¦ : ¦ a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`
            {{ .Mesh }}.local ¦ .Mesh ¦ `.Mesh` is `My Mesh`: a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`
            {{ .Namespace }} ¦ .Namespace ¦ unknown template variable `.Namespace`
            """)
    void underlinesThePartThatSpoilsTheTrustDomain(String template, String underlined, String message) {
        TemplateScope scope = TemplateScope.trustDomain("My Mesh", "", LABELS);
        assertThat(TrustDomainResolver.resolve(parse(template), scope))
                .isInstanceOfSatisfying(
                        TrustDomainResolver.Unresolved.class,
                        unresolved -> assertThat(unresolved.findings())
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(underlined(finding)).isEqualTo(underlined);
                                    assertThat(finding.message()).isEqualTo(message);
                                }));
    }

    @Test
    void theZoneOfATrustDomainIsTheIdentitysLabelBeforeTheLocalOne() {
        SpiffeTemplate template = DefaultTemplates.trustDomain(new SourceFile("f", "i").span(0, 1));
        assertThat(TrustDomainResolver.resolve(template, TemplateScope.trustDomain("m", "here", Map.of())))
                .isEqualTo(new TrustDomainResolver.Resolved("m.here.mesh.local"));
        Map<String, String> labels = Map.of("kuma.io/zone", "west");
        assertThat(TrustDomainResolver.resolve(template, TemplateScope.trustDomain("m", "here", labels)))
                .isEqualTo(new TrustDomainResolver.Resolved("m.west.mesh.local"));
    }

    private static SpiffeTemplate parse(String template) {
        return SpiffeTemplateParser.parse(SourceText.whole(new SourceFile("f", template)), new DiagnosticSink())
                .orElseThrow();
    }

    private static List<Diagnostic> findings(String path) {
        return switch (SpiffeIdResolver.resolve(parse(path), "td", LABELS)) {
            case SpiffeIdResolver.Resolved resolved -> List.of();
            case SpiffeIdResolver.Unresolved unresolved -> unresolved.findings();
        };
    }

    private static String underlined(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        assertThat(span).isNotNull();
        return span == null ? "" : span.text();
    }
}
