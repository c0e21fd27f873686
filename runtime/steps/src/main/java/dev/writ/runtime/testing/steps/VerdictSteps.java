package dev.writ.runtime.testing.steps;

import dev.writ.runtime.testing.CallMatrix;
import dev.writ.runtime.testing.CallTable;
import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.Expectation;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps that judge: every one of them by all the judges of the run, who must agree. */
public final class VerdictSteps {
    private static final String BY = "(?: by \"([^\"]+)\")?$";

    @Then("^the call is allowed" + BY)
    @Sentence(
            order = 210,
            value = "the call is allowed [by \"PERMISSION\"]",
            says = "A permission's short name serves while it is unambiguous: `mtp`, or `kuma-demo/mtp`.",
            example = "Then the call is allowed by \"kv-callers\"")
    public void allowed(@Nullable String rule) {
        expect(Expectation.ALLOW, rule);
    }

    @Then("^the call is denied" + BY)
    @Sentence(
            order = 220,
            value = "the call is denied [by \"PERMISSION\"]",
            says = "Denied by a rule, because none matched, or by TLS.",
            example = "Then the call is denied")
    public void denied(@Nullable String rule) {
        expect(Expectation.DENY, rule);
    }

    @Then("^no rule matched$")
    @Sentence(
            order = 230,
            value = "no rule matched",
            says = "The call got as far as the rules, and none of them is about it: the default decided.",
            example = "Then no rule matched")
    public void noRule() {
        expect(Expectation.NO_RULE, null);
    }

    @Then("^the call is shadow-denied" + BY)
    @Sentence(
            order = 240,
            value = "the call is shadow-denied [by \"PERMISSION\"]",
            says = "Allowed, but reported: a `shadow-deny` rule (Kuma's `allowWithShadowDeny`) would deny it.",
            example = "Then the call is shadow-denied by \"kv-callers\"")
    public void shadowDenied(@Nullable String rule) {
        expect(Expectation.SHADOW_DENY, rule);
    }

    @Then("^the call is allowed and not shadow-denied$")
    @Sentence(
            order = 245,
            value = "the call is allowed and not shadow-denied",
            says = "Allowed, and no shadow rule reports it; in tables `allow, not shadow-deny`.",
            example = "Then the call is allowed and not shadow-denied")
    public void unreported() {
        expect(Expectation.UNREPORTED, null);
    }

    @Then("^the call is refused by TLS$")
    @Sentence(
            order = 250,
            value = "the call is refused by TLS",
            says = "Denied before any rule was asked: no certificate, or none that the mesh trusts.",
            example = "Then the call is refused by TLS")
    public void refusedByTls() {
        expect(Expectation.TLS_REFUSAL, null);
    }

    @Then("^the verdict is unknown$")
    @Sentence(
            order = 260,
            value = "the verdict is unknown",
            says = "Something in the sources can change the answer and is not modelled, so that no judge guesses.",
            example = "Then the verdict is unknown")
    public void unknown() {
        expect(Expectation.UNKNOWN, null);
    }

    @Then("^these calls are decided so:$")
    @Sentence(
            order = 270,
            value = "these calls are decided so:",
            says = "A call in each row. The columns `caller`, `callee` and `decision` are needed; `port`, `method`,"
                    + " `path`, `server name` and `rule` may be left out, and an empty cell says nothing. A decision is"
                    + " `allow`, `deny`, `shadow-deny`, `allow, not shadow-deny`, `refused by TLS` or `unknown`; the rule `default` stands for no"
                    + " rule matched. Several URI SANs of one certificate are joined by ` and `.",
            example = """
                    Then these calls are decided so:
                      | caller             | callee       | method | path | decision | rule       |
                      | kuma-demo/demo-app | kuma-demo/kv | GET    | /api | allow    | kv-callers |
                      | anonymous          | kuma-demo/kv |        |      | deny     |            |
                    """)
    public void table(DataTable table) {
        CurrentScenario scenario = CurrentScenario.get();
        new CallTable(TableCells.of(table, scenario.step())).check(scenario);
    }

    @Then("^callers reach callees:$")
    @Sentence(
            order = 280,
            value = "callers reach callees:",
            says = "Callers in the rows, callees (`namespace/name`, or `namespace/name:port`) in the columns, the"
                    + " decision where they meet; an empty cell says nothing.",
            example = """
                    Then callers reach callees:
                      |                                                       | kuma-demo/kv | kuma-demo/demo-app |
                      | kuma-demo/demo-app                                    | allow        | allow              |
                      | spiffe://default.default.mesh.local/ns/other/sa/web   | deny         | deny               |
                    """)
    public void matrix(DataTable table) {
        CurrentScenario scenario = CurrentScenario.get();
        new CallMatrix(TableCells.of(table, scenario.step())).check(scenario);
    }

    private static void expect(Expectation expected, @Nullable String rule) {
        CurrentScenario.get().expect(expected, Optional.ofNullable(rule));
    }
}
