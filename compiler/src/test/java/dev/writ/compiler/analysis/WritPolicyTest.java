package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a {@code .writ} file comes to, for all callers. */
final class WritPolicyTest {
    private static final String IDENTITY = """
            identity workloads {
              id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
              issue bundled { autogenerate  self-signed }
            }

            workload shop/web {
              label app = "web"
              service-account web
              port 80 http "main"
            }

            workload shop/db {
              label app = "db"
              service-account db
              port 5432
              port 5433
            }
            """;

    @Test
    void theOrderOfRulesAndPermissionsMeansNothing() {
        List<String> rules = List.of(
                "allow spiffe://*/ns/{a,b}/sa/*",
                "deny spiffe://default.default.mesh.local/ns/a/sa/bad",
                "shadow-deny spiffe://default.default.mesh.local/ns/b/**",
                "allow anyone to GET \"/healthz\"",
                "deny spiffe://*/ns/*/sa/untrusted",
                "allow workloads where app = \"web\" to POST \"/{x,y}/**\"",
                "deny prefix \"spiffe://default.default.mesh.local/ns/b/sa/b\"");
        InboundPolicy expected = web(file(List.of(rules)));
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<String> shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(shuffled.size() - 1) + 1;
            List<List<String>> permissions = List.of(shuffled.subList(0, cut), shuffled.subList(cut, shuffled.size()));
            Difference difference = compare(expected, web(file(permissions)));
            assertThat(changes(difference)).as("seed %d: %s", seed, permissions).isEmpty();
        }
    }

    @Test
    void aRuleThatIsLeftOutIsADifference() {
        List<String> rules = List.of("allow anyone", "deny spiffe://*/ns/*/sa/untrusted");
        assertThat(changes(compare(web(file(List.of(rules))), web(file(List.of(rules.subList(0, 1)))))))
                .isNotEmpty();
    }

    private static Difference compare(InboundPolicy before, InboundPolicy after) {
        return PolicyAnalysis.compare(
                new Side.Written(before), new Side.Written(after), false, Universe.VALID_IDS, KnownCallers.NONE);
    }

    @Test
    void aPatternIsWholeSegments() {
        assertThat(principals("allow spiffe://{a.example,b.example}/ns/x/**"))
                .containsExactly(
                        new Principal.Prefix("spiffe://a.example/ns/x/"),
                        new Principal.Prefix("spiffe://b.example/ns/x/"));
        assertThat(principals("allow spiffe://td/{a,b}"))
                .containsExactly(new Principal.Exact("spiffe://td/a"), new Principal.Exact("spiffe://td/b"));
        assertThat(principals("allow spiffe://td/*/**")).singleElement().isInstanceOf(Principal.Segments.class);
        assertThat(principals("allow anyone")).containsExactly(new Principal.Always());
    }

    @Test
    void workloadsAreTheirSpiffeIdsInEveryZoneThatIsNamed() {
        String text = "mesh default zone east, west\n\n" + IDENTITY;
        String all = text + permission("db", "allow workloads where app = \"web\"");
        assertThat(rules(compile(Target.ENVOY, all), "shop/db"))
                .extracting(Rule::principal)
                .containsExactly(
                        new Principal.Exact("spiffe://default.east.mesh.local/ns/shop/sa/web"),
                        new Principal.Exact("spiffe://default.west.mesh.local/ns/shop/sa/web"));
        String one = text + permission("db", "allow workload shop/web in zone west");
        assertThat(rules(compile(Target.ENVOY, one), "shop/db"))
                .extracting(Rule::principal)
                .containsExactly(new Principal.Exact("spiffe://default.west.mesh.local/ns/shop/sa/web"));
    }

    @Test
    void aMeshThatIsNamedIsAskedInPlaceOfTheOwn() {
        String payments = "mesh payments zone east\n\n" + IDENTITY;
        String shop = "mesh default zone east\n\n" + IDENTITY
                + permission("db", "allow workload shop/web in mesh payments", "allow workload shop/db");
        assertThat(rules(compile(Target.ENVOY, payments, shop), "shop/db"))
                .extracting(Rule::principal)
                .containsExactly(
                        new Principal.Exact("spiffe://payments.east.mesh.local/ns/shop/sa/web"),
                        new Principal.Exact("spiffe://default.east.mesh.local/ns/shop/sa/db"));
    }

    @Test
    void aPortNarrowsAPermission() {
        Compilation compiled = compile(
                Target.ENVOY,
                IDENTITY + "permission p on workloads where app = \"db\" port 5433 {\n  allow anyone\n}\n");
        WorkloadPolicy db = of(compiled, "shop/db");
        assertThat(db.inbounds())
                .extracting(inbound -> inbound.enforced().rules().size())
                .containsExactly(0, 1);
    }

    @Test
    void aPortWithANameIsStillItsNumber() {
        assertThat(rules(
                        compile(
                                Target.KUMA_3,
                                IDENTITY + "permission p on workloads port 80 {\n  allow anyone sni \"a.b\"\n}\n"),
                        "shop/web"))
                .hasSize(1);
    }

    @Test
    void aGroupIsItsCallersInEveryFile() {
        Compilation compiled = compile(
                Target.KUMA_3,
                "group g {\n  spiffe://td/a\n  spiffe://td/{b,c}\n}\n",
                IDENTITY + permission("web", "allow group g"));
        assertThat(compiled.diagnostics())
                .filteredOn(diagnostic -> diagnostic.id() != DiagnosticId.TRUST_MISSING)
                .isEmpty();
        assertThat(rules(compiled, "shop/web")).hasSize(3);
    }

    @Test
    void aReasonIsPartOfTheRulesNameWhereTheTargetIsOurs() {
        String text = IDENTITY + permission("web", "allow anyone sni \"a.b\" because \"of \\\"this\\\"\"");
        assertThat(rules(compile(Target.ENVOY, text), "shop/web")
                        .getFirst()
                        .origin()
                        .name())
                .isEqualTo("p because of \"this\"");
        assertThat(rules(compile(Target.KUMA_3, text), "shop/web")
                        .getFirst()
                        .origin()
                        .name())
                .startsWith("kri_mtp_");
    }

    @Test
    void kumaIsRefusedWhatItHasNoWordFor() {
        for (Target target : List.of(Target.KUMA_2_12, Target.KUMA_2_13, Target.KUMA_2_14, Target.KUMA_3)) {
            for (String rule : List.of("allow anyone to GET", "allow anyone to \"/x\"", "allow spiffe://*/x")) {
                assertThat(compile(target, IDENTITY + permission("web", rule)).diagnostics())
                        .extracting(Diagnostic::id)
                        .contains(DiagnosticId.TARGET_UNSUPPORTED);
            }
        }
    }

    private static List<Principal> principals(String rule) {
        return rules(compile(Target.ENVOY, IDENTITY + permission("web", rule)), "shop/web").stream()
                .map(Rule::principal)
                .toList();
    }

    private static String permission(String app, String... rules) {
        return "\npermission p on workloads where app = \"" + app + "\" {\n  " + String.join("\n  ", rules) + "\n}\n";
    }

    private static String file(List<List<String>> permissions) {
        StringBuilder text = new StringBuilder(IDENTITY);
        for (int i = 0; i < permissions.size(); i++) {
            text.append("\npermission p").append(i).append(" on workloads where app = \"web\" {\n  ");
            text.append(String.join("\n  ", permissions.get(i))).append("\n}\n");
        }
        return text.toString();
    }

    private static InboundPolicy web(String text) {
        return of(compile(Target.ENVOY, text), "shop/web").inbounds().getFirst();
    }

    private static List<Change> changes(Difference difference) {
        assertThat(difference).isInstanceOf(Difference.Known.class);
        return difference instanceof Difference.Known known ? known.changes() : List.of();
    }

    private static List<Rule> rules(Compilation compiled, String workload) {
        return of(compiled, workload).inbounds().getFirst().enforced().rules();
    }

    private static WorkloadPolicy of(Compilation compiled, String workload) {
        return compiled.policy().workloads().stream()
                .filter(policy -> policy.workload().key().shortName().equals(workload))
                .findFirst()
                .orElseThrow(() -> new AssertionError(compiled.diagnostics().toString()));
    }

    private static Compilation compile(Target target, String... texts) {
        List<SourceFile> files = new ArrayList<>();
        for (String text : texts) {
            files.add(new SourceFile(files.size() + ".writ", text));
        }
        return PolicyCompiler.compile(files, List.of(), ModelOptions.DEFAULT.withTarget(target));
    }
}
