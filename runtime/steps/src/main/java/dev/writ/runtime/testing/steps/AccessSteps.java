package dev.writ.runtime.testing.steps;

import dev.writ.compiler.source.SourceText;
import dev.writ.runtime.testing.AccessSentence;
import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.feature.StepText;
import io.cucumber.java.en.Given;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The steps that say in a sentence who may call whom. */
public final class AccessSteps {
    private static final String LABELS = " where [^\\s\"]+ is \"[^\"]*\"(?: and [^\\s\"]+ is \"[^\"]*\")*";
    private static final String WORKLOADS =
            "all workloads|workloads(?: in namespace \"[^\"]+\"(?:" + LABELS + ")?|" + LABELS + ")";
    private static final String CALLEES = "(" + WORKLOADS + "|(?:workload )?\"[^\"]+\")";
    private static final String METHODS = "[A-Za-z-]+(?:, [A-Za-z-]+)*";
    private static final String TAIL = "((?: on port \\S+(?:, \\d\\S*)*)?(?: with " + METHODS
            + "(?:(?: on)? \"[^\"]*\")?| on \"[^\"]*\")?(?: with server name \"[^\"]*\")?(?: because \"[^\"]*\")?)$";
    private static final Pattern PARTS = Pattern.compile(
            "(?: on port (\\S+(?:, \\d\\S*)*))?(?: with (" + METHODS
                    + ")(?:(?: on)? \"([^\"]*)\")?| on \"([^\"]*)\")?(?: with server name \"([^\"]*)\")?(?: because \"([^\"]*)\")?");
    private static final String MAY = " may (not )?call ";

    @Given("^(" + WORKLOADS + ")" + MAY + CALLEES + TAIL)
    @Sentence(
            order = 61,
            value = "workloads in namespace \"NAMESPACE\" [where LABEL is \"VALUE\"] may [not] call \"WORKLOAD\""
                    + " [on port PORT] [with METHODS on \"PATH\"] [because \"REASON\"]",
            says =
                    "Lets these workloads call that one, or keeps them out: by the SPIFFE IDs that they have. On both sides there may be"
                            + " `workloads in namespace \"…\"`, `workloads where … is \"…\"` or `all workloads`. What may follow, in this"
                            + " order: `on port 5050`, `with GET, HEAD on \"/api/**\"` (methods, a path, or both), `with server name \"…\"`,"
                            + " `because \"…\"`. All such sentences about the same callees and ports are one permission, named like the"
                            + " callee (`kuma-demo.kv`) or by how they are selected (`workloads.app.kv`), and what is forbidden goes before"
                            + " what is allowed, whatever their order.",
            example = "Given workloads in namespace \"kuma-demo\" may call \"kuma-demo/kv\" with GET on \"/api/**\"")
    public void workloadsMayCall(String callers, @Nullable String not, String callees, String tail) {
        declare(not == null ? "allow" : "deny", callers, "call ", callees, tail);
    }

    @Given("^((?:workload |SPIFFE ID )?\"[^\"]+\")" + MAY + CALLEES + TAIL)
    @Sentence(
            order = 62,
            value =
                    "\"CALLER\" may [not] call \"WORKLOAD\" [on port PORT] [with METHODS on \"PATH\"] [because \"REASON\"]",
            says =
                    "The same for one workload, `namespace/name`, or for a SPIFFE ID or a pattern of them: `*` is one segment,"
                            + " `{a,b}` one of these, `/**` at the end one or more.",
            example = "Given \"spiffe://*/ns/legacy/**\" may not call workloads where app is \"kv\" on port 5050")
    public void callerMayCall(String caller, @Nullable String not, String callees, String tail) {
        declare(not == null ? "allow" : "deny", caller, "call ", callees, tail);
    }

    @Given("^(SPIFFE IDs beginning with \"[^\"]+\")" + MAY + CALLEES + TAIL)
    @Sentence(
            order = 63,
            value = "SPIFFE IDs beginning with \"PREFIX\" may [not] call \"WORKLOAD\" [on port PORT] …",
            says = "The same for all SPIFFE IDs that begin so, whole segments or not: Kuma's `Prefix`.",
            example =
                    "Given SPIFFE IDs beginning with \"spiffe://default.default.mesh.local/ns/team-\" may call \"kuma-demo/kv\"")
    public void prefixMayCall(String callers, @Nullable String not, String callees, String tail) {
        declare(not == null ? "allow" : "deny", callers, "call ", callees, tail);
    }

    @Given("^group (\"[^\"]+\")" + MAY + CALLEES + TAIL)
    @Sentence(
            order = 64,
            value = "group \"NAME\" may [not] call \"WORKLOAD\" [on port PORT] …",
            says = "The same for the callers of a `group`, which a policy in Writ declares.",
            example = "Given group \"tests\" may not call \"kuma-demo/kv\"")
    public void groupMayCall(String name, @Nullable String not, String callees, String tail) {
        declare(not == null ? "allow" : "deny", "group " + name, "call ", callees, tail);
    }

    @Given("^(anyone|nobody) may call " + CALLEES + TAIL)
    @Sentence(
            order = 65,
            value = "nobody may call \"WORKLOAD\" [on port PORT] …",
            says =
                    "Keeps all callers out, whatever allows them elsewhere; `anyone may call` lets in all that TLS admits.",
            example = "Given nobody may call \"kuma-demo/kv\"")
    public void everybody(String who, String callees, String tail) {
        declare(who.equals("anyone") ? "allow" : "deny", who, "call ", callees, tail);
    }

    @Given("^(" + WORKLOADS + "|(?:workload |SPIFFE ID )?\"[^\"]+\"|anyone) (?:is|are) reported when calling " + CALLEES
            + TAIL)
    @Sentence(
            order = 66,
            value = "workloads in namespace \"NAMESPACE\" are reported when calling \"WORKLOAD\" [on port PORT] …",
            says =
                    "Lets them in and reports each call: a `shadow-deny`, Kuma's `allowWithShadowDeny`. The callers are anything that"
                            + " stands before `may call`, but a group or a prefix.",
            example =
                    "Given workloads in namespace \"legacy\" are reported when calling \"kuma-demo/kv\" because \"they move in May\"")
    public void reported(String callers, String callees, String tail) {
        declare("shadow-deny", callers, "calling ", callees, tail);
    }

    private static void declare(String action, String callers, String verb, String callees, String tail) {
        CurrentScenario scenario = CurrentScenario.get();
        StepText step = scenario.step();
        SourceText rest = step.text(verb + callees, tail);
        Matcher parts = PARTS.matcher(tail);
        if (!parts.matches()) {
            throw new IllegalStateException("not worded as the step says: " + tail);
        }
        scenario.declarations()
                .access(new AccessSentence(
                        step.span(),
                        action,
                        step.text("", callers),
                        step.text(verb, callees),
                        part(rest, parts, 1),
                        part(rest, parts, 2),
                        part(rest, parts, parts.group(3) != null ? 3 : 4),
                        part(rest, parts, 5),
                        part(rest, parts, 6)));
    }

    private static SourceText part(SourceText rest, Matcher parts, int group) {
        return parts.group(group) == null ? rest.slice(0, 0) : rest.slice(parts.start(group), parts.end(group));
    }
}
