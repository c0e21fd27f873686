package dev.writ.runtime.testing.steps;

import dev.writ.compiler.source.Located;
import dev.writ.runtime.judge.CallerPhrases;
import dev.writ.runtime.testing.CallWords;
import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.ExpectationNotMet;
import dev.writ.runtime.testing.feature.StepText;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The steps that make a call: the one that the steps after it judge. */
public final class CallSteps {
    private static final String TAILS =
            "((?: on port \\d+| with server name \"[^\"]+\"| with [A-Z][A-Z-]* \"[^\"]*\")*)";
    private static final String CALLS = " calls \"([^\"]+)\"" + TAILS;
    private static final String SANS = "\"[^\"]+\"(?:(?:, | and )\"[^\"]+\")*";
    private static final Pattern TAIL =
            Pattern.compile(" on port (\\d+)| with server name \"([^\"]+)\"| with ([A-Z][A-Z-]*) \"([^\"]*)\"");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    @When("^\"([^\"]+)\"" + CALLS + "$")
    @Sentence(
            order = 110,
            value = "\"CALLER\" calls \"WORKLOAD\" [on port PORT] [with METHOD \"PATH\"] [with server name \"NAME\"]",
            says =
                    "A call. CALLER is a SPIFFE ID, a workload of the sources (`namespace/name`), `anonymous` (TLS without"
                            + " a client certificate) or `plaintext`. WORKLOAD is `namespace/name`; its port may be left out"
                            + " where it has only one. METHOD and PATH are GET and `/` where nothing is said. The further steps"
                            + " are about the last call made.",
            example =
                    "When \"kuma-demo/demo-app\" calls \"kuma-demo/kv\" on port 5050 with GET \"/api/key-value/counter\"")
    public void call(String caller, String callee, String tails) {
        StepText step = CurrentScenario.get().step();
        call(List.of(new Located<>(caller, step.span("\"", caller))), callee, tails);
    }

    @When("^an? (anonymous|plaintext) caller" + CALLS + "$")
    @Sentence(
            order = 120,
            value = "an anonymous caller calls \"WORKLOAD\" …",
            says = "The same as `\"anonymous\" calls`; likewise `a plaintext caller calls`.",
            example = "When a plaintext caller calls \"kuma-demo/kv\"")
    public void unidentifiedCall(String caller, String callee, String tails) {
        StepText step = CurrentScenario.get().step();
        call(List.of(new Located<>(caller, step.span("", caller))), callee, tails);
    }

    @When("^an expired certificate of \"([^\"]+)\"" + CALLS + "$")
    @Sentence(
            order = 122,
            value = "an expired certificate of \"CALLER\" calls \"WORKLOAD\" …",
            says = "A call with the certificate of a SPIFFE ID or a workload, after its time.",
            example = "When an expired certificate of \"kuma-demo/demo-app\" calls \"kuma-demo/kv\"")
    public void callAfterExpiry(String caller, String callee, String tails) {
        callWith(CallerPhrases.EXPIRED, caller, callee, tails);
    }

    @When("^a certificate of a foreign CA for \"([^\"]+)\"" + CALLS + "$")
    @Sentence(
            order = 124,
            value = "a certificate of a foreign CA for \"CALLER\" calls \"WORKLOAD\" …",
            says = "A call with the names of a SPIFFE ID or a workload, signed by a CA that the mesh does not trust.",
            example = "When a certificate of a foreign CA for \"kuma-demo/demo-app\" calls \"kuma-demo/kv\"")
    public void callOfForeignCa(String caller, String callee, String tails) {
        callWith(CallerPhrases.FOREIGN, caller, callee, tails);
    }

    @When("^a certificate with only the DNS name \"([^\"]+)\"" + CALLS + "$")
    @Sentence(
            order = 126,
            value = "a certificate with only the DNS name \"NAME\" calls \"WORKLOAD\" …",
            says = "A call with a certificate without a URI SAN, signed by a CA that the mesh trusts. In tables, where"
                    + " callers have no quotes, these three are said in the same words:"
                    + " `an expired certificate of kuma-demo/demo-app`.",
            example = "When a certificate with only the DNS name \"demo-app.kuma-demo.svc\" calls \"kuma-demo/kv\"")
    public void callWithDnsName(String name, String callee, String tails) {
        callWith(CallerPhrases.DNS_NAME, name, callee, tails);
    }

    @When("^a certificate with (" + SANS + ")" + CALLS + "$")
    @Sentence(
            order = 130,
            value = "a certificate with \"SPIFFE-ID\" and \"SPIFFE-ID\" calls \"WORKLOAD\" …",
            says = "A call with a certificate that has several URI SANs, in this order, signed by the CA of the first"
                    + " one's trust domain.",
            example = "When a certificate with \"spiffe://default.default.mesh.local/ns/kuma-demo/sa/default\" and"
                    + " \"spiffe://default.default.mesh.local/ns/other/sa/web\" calls \"kuma-demo/kv\"")
    public void callWithSeveralSans(String sans, String callee, String tails) {
        StepText step = CurrentScenario.get().step();
        List<Located<String>> callers = new ArrayList<>();
        Matcher san = QUOTED.matcher(sans);
        while (san.find()) {
            callers.add(new Located<>(san.group(1), step.span("\"", san.group(1))));
        }
        call(callers, callee, tails);
    }

    @When("^a certificate with these URI SANs" + CALLS + ":$")
    @Sentence(
            order = 140,
            value = "a certificate with these URI SANs calls \"WORKLOAD\" …:",
            says = "The same, the URI SANs in a table of one column.",
            example = """
                    When a certificate with these URI SANs calls "kuma-demo/kv":
                      | spiffe://default.default.mesh.local/ns/kuma-demo/sa/default |
                      | spiffe://default.default.mesh.local/ns/other/sa/web         |
                    """)
    public void callWithTableOfSans(String callee, String tails, DataTable table) {
        if (table.width() != 1) {
            throw ExpectationNotMet.of("the table of URI SANs has one column, not " + table.width());
        }
        List<Located<String>> callers = TableCells.of(
                        table, CurrentScenario.get().step())
                .stream()
                .map(row -> row.get(0))
                .toList();
        call(callers, callee, tails);
    }

    private static void callWith(String phrase, String name, String callee, String tails) {
        StepText step = CurrentScenario.get().step();
        call(List.of(new Located<>(phrase + name, step.span("\"", name))), callee, tails);
    }

    private static void call(List<Located<String>> callers, String callee, String tails) {
        CurrentScenario scenario = CurrentScenario.get();
        StepText step = scenario.step();
        Located<String> to = new Located<>(callee, step.span("calls \"", callee));
        Located<String> port = null;
        Located<String> name = null;
        Located<String> method = null;
        Located<String> path = null;
        Matcher tail = TAIL.matcher(tails);
        while (tail.find()) {
            port = once(port, tail.group(1), step, "port ");
            name = once(name, tail.group(2), step, "name \"");
            method = once(method, tail.group(3), step, "with ");
            path = once(path, tail.group(4), step, tail.group(3) + " \"");
        }
        scenario.call(new CallWords(callers, to, port, method, path, name));
    }

    private static @Nullable Located<String> once(
            @Nullable Located<String> before, @Nullable String now, StepText step, String wordBefore) {
        if (now == null) {
            return before;
        }
        if (before != null) {
            throw ExpectationNotMet.of("the call says both `" + before.value() + "` and `" + now + "`");
        }
        return new Located<>(now, step.span(wordBefore, now));
    }
}
