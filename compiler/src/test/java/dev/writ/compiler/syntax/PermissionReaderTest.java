package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionReaderTest {
    private static final String ALLOW = """
            rules:
            - default:
                allow:
                - spiffeID: {type: Exact, value: spiffe://td/ns/a}
            """;

    private static Reading read(String spec) {
        return Reading.of(
                "apiVersion: kuma.io/v1alpha1\nkind: MeshTrafficPermission\nmetadata: {name: mtp, namespace: demo}\n"
                        + "spec:\n" + spec.indent(2));
    }

    /** A permission with this one match. */
    private static Reading match(String match) {
        return read("rules: [{default: {allow: [" + match + "]}}]");
    }

    @Test
    void rulesKeepTheirListsAndPlaces() {
        PermissionResource permission = read("""
                        rules:
                        - default:
                            deny:
                            - spiffeID:
                                type: Exact
                                value: spiffe://td/ns/a
                            allow:
                            - spiffeID:
                                value: spiffe://td/ns/b
                                type: Prefix
                        - default:
                            allowWithShadowDeny:
                            - spiffeID: {type: Exact, value: "spiffe://td"}
                        """).only(PermissionResource.class);
        assertThat(permission.targetRef()).isEqualTo(new WholeMesh());
        assertThat(permission.rules()).hasSize(2);
        RuleSyntax first = permission.rules().getFirst();
        ExactMatch deny = (ExactMatch) first.deny().getFirst();
        assertThat(deny.pattern()).hasToString("spiffe://td/ns/a");
        assertThat(deny.span().text()).startsWith("spiffeID:").endsWith("ns/a");
        PrefixMatch allow = (PrefixMatch) first.allow().getFirst();
        assertThat(allow.pattern().span(12, 14).text()).isEqualTo("ns");
        assertThat(allow.span().text()).startsWith("spiffeID:");
        assertThat(first.allowWithShadowDeny()).isEmpty();
        assertThat(permission.rules().get(1).allowWithShadowDeny()).hasSize(1);
    }

    @Test
    void dataplanesAreSelectedByLabelsNameAndSection() {
        Dataplanes byLabels = target("kind: Dataplane, labels: {app: kv}, sectionName: '5050'");
        assertThat(byLabels.labels()).containsOnlyKeys("app");
        assertThat(byLabels.sectionName()).extracting(Located::value).isEqualTo("5050");
        Dataplanes byName = target("kind: Dataplane, name: kv, namespace: demo");
        assertThat(byName.labels()).isEmpty();
        assertThat(byName.name()).extracting(Located::value).isEqualTo("kv");
        assertThat(byName.namespace()).extracting(Located::value).isEqualTo("demo");
    }

    private static Dataplanes target(String ref) {
        return (Dataplanes) read("targetRef: {" + ref + "}\n" + ALLOW)
                .only(PermissionResource.class)
                .targetRef();
    }

    @Test
    void aMeshRefIsTheWholeMesh() {
        assertThat(read("targetRef: {kind: Mesh}\n" + ALLOW)
                        .only(PermissionResource.class)
                        .targetRef())
                .isEqualTo(new WholeMesh());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | schema.missing-field `targetRef`",
                "{kind: MeshSubset, name: x} | schema.invalid-value `name`",
                "{kind: MeshService} | schema.missing-field `targetRef`",
                "{kind: MeshService, name: x, tags: {a: b}} | schema.invalid-value `tags`",
                "{kind: MeshServiceSubset, name: x, sectionName: y} | schema.invalid-value `sectionName`",
                "{kind: MeshGateway, name: x} | schema.unsupported `MeshGateway`",
                "{kind: MeshHTTPRoute, name: x} | schema.invalid-value `MeshHTTPRoute`",
                "{kind: Dataplan} | schema.invalid-value `Dataplan`",
                "{kind: Mesh, labels: {a: b}} | schema.invalid-value `labels`",
                "{kind: Mesh, name: x} | schema.invalid-value `name`",
                "{kind: Mesh, proxyTypes: [Gateway]} | schema.unsupported `proxyTypes`",
                "{kind: Dataplane, tags: {a: b}} | schema.invalid-value `tags`",
                "{kind: Dataplane, proxyTypes: [Sidecar]} | schema.invalid-value `proxyTypes`",
                "{kind: Dataplane, labels: {a: b}, name: x} | schema.invalid-value `labels`",
                "{kind: Dataplane, sectionName: 5050} | schema.wrong-type `5050`",
                "{kind: Dataplane, label: {a: b}} | schema.unknown-field `label`",
                "Mesh | schema.wrong-type `Mesh`",
            })
    void targetRefsAreChecked(String ref, String finding) {
        assertThat(read("targetRef: " + ref + "\n" + ALLOW).findings()).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{spiffeId: {type: Exact, value: 'spiffe://td'}} | schema.unknown-field `spiffeId` | did you mean `spiffeID`?",
                "{sni: {type: Prefix, value: x}} | schema.invalid-value `Prefix` | it is one of `Exact`",
                "{sni: {type: Exact}} | schema.missing-field `sni` | ",
                "{sni: {type: Exact, value: not_valid}} | schema.invalid-value `not_valid` | ",
                "{spiffeID: {type: exact, value: 'spiffe://td'}} | schema.invalid-value `exact` | did you mean `Exact`?",
                "{spiffeID: {type: Regex, value: 'spiffe://td'}} | schema.invalid-value `Regex` | it is one of `Exact`, `Prefix`",
                "{spiffeID: {value: 'spiffe://td'}} | schema.missing-field `spiffeID` | ",
                "{spiffeID: {type: Exact}} | schema.missing-field `spiffeID` | ",
                "{spiffeID: {type: Exact, valeu: 'spiffe://td'}} | schema.missing-field `spiffeID` | ",
                "{spiffeID: {type: Exact, value: 5}} | schema.wrong-type `5` | put it in quotes: \"5\"",
                "{spiffeID: 'spiffe://td'} | schema.wrong-type `'spiffe://td'` | ",
                "x | schema.wrong-type `x` | ",
                "{spiffeID: {type: Exact, value: wrong}} | spiffe-id.invalid `wrong` | ",
                "{spiffeID: {type: Exact, value: ''}} | spiffe-id.invalid `''` | ",
                "{spiffeID: {type: Prefix, value: 'spiffe://Td'}} | spiffe-id.invalid `T` | ",
                "{spiffeID: {type: Exact, value: 'spiffe://td/a b'}} | spiffe-id.invalid ` ` | ",
                "{spiffeID: {type: Exact, value: 'spiffe://td/a/../b'}} | spiffe-id.invalid `..` | ",
            })
    void matchesAreChecked(String match, String finding, String help) {
        Reading reading = match(match);
        assertThat(reading.findings()).contains(finding);
        if (help != null) {
            assertThat(reading.diagnostics().getFirst().help()).isEqualTo(help);
        }
    }

    @Test
    void anEmptyMatchIsReadAsKumaDoes() {
        assertThat(match("{}").only(PermissionResource.class).rules().getFirst().allow())
                .singleElement()
                .isInstanceOf(MatchSyntax.EmptyMatch.class);
    }

    @Test
    void aMisspeltMatchIsNoEmptyOne() {
        assertThat(match("{spiffeId: {}}").findings()).containsExactly("schema.unknown-field `spiffeId`");
    }

    @Test
    void aPrefixWithATrailingSlashIsRefusedAsKumaDoes() {
        Reading reading = match("{spiffeID: {type: Prefix, value: 'spiffe://td/ns/demo/'}}");
        assertThat(reading.findings()).containsExactly("spiffe-id.invalid `/`");
        assertThat(reading.diagnostics().getFirst().help()).contains("name the next segment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targetRef: {kind: Mesh} | schema.missing-field `spec`",
                "rules: [] | schema.missing-field `rules`",
                "rules: x | schema.wrong-type `x`",
                "rules: [x] | schema.wrong-type `x`",
                "rules: [{}] | schema.missing-field `{}`",
                "rules: [{default: {}}] | schema.missing-field `default`",
                "rules: [{default: {deny: []}}] | schema.missing-field `default`",
                "rules: [{defaults: {}}] | schema.missing-field `defaults`",
                "rules: [{default: {alow: [{spiffeID: {type: Exact, value: 'spiffe://td'}}]}}] | schema.unknown-field `alow`",
                "from: [{targetRef: {kind: Mesh}, default: {action: ALLOW}}] | schema.invalid-value `ALLOW`",
                "from: [{targetRef: {kind: Mesh}}] | schema.missing-field `targetRef`",
                "from: [{default: {action: Allow}}] | schema.missing-field `default`",
                "from: [{targetRef: {kind: Dataplane}, default: {action: Allow}}] | schema.invalid-value `Dataplane`",
                "targetRef: {kind: Dataplane, sectionName: http} | schema.invalid-value `sectionName`",
                "rule: [] | schema.unknown-field `rule`",
                "to: [] | schema.unknown-field `to`",
            })
    void rulesAreChecked(String spec, String finding) {
        assertThat(read(spec).findings()).contains(finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rules:\n"})
    void docStringsHoldAListOrAMapping(String head) {
        DiagnosticSink sink = new DiagnosticSink();
        String yaml = head + "- default:\n    deny:\n    - spiffeID: {type: Prefix, value: 'spiffe://td/a'}\n";
        List<RuleSyntax> rules =
                new PermissionRulesReader().read(SourceText.whole(new SourceFile("t.feature", yaml)), sink);
        assertThat(sink.sorted()).isEmpty();
        assertThat(rules).hasSize(1);
        assertThat(((CallerMatch) rules.getFirst().deny().getFirst()).pattern()).hasToString("spiffe://td/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | schema.missing-field ``",
                "[] | schema.missing-field `[]`",
                "allow spiffe | schema.wrong-type `allow spiffe`",
                "{targetRef: {kind: Mesh}, rules: [{default: {allow: [{spiffeID: {type: Exact, value: 'spiffe://a'}}]}}]}"
                        + " | schema.unknown-field `targetRef`",
                "[x] | schema.wrong-type `x`",
                "'{rules: [' | source.syntax ``",
            })
    void docStringsAreAsStrict(String yaml, String finding) {
        DiagnosticSink sink = new DiagnosticSink();
        new PermissionRulesReader().read(SourceText.whole(new SourceFile("t.feature", yaml)), sink);
        assertThat(Reading.findings(sink.sorted())).containsExactly(finding);
    }
}
