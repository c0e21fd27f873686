package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A verification for people:
 *
 * <pre>
 * permission.yaml:14:22: a rule of `mtp` is not the one predicted
 *   in         inbound `http`, port 5050, listener `self_inbound_dp_http`, rule 1
 *   predicted  allow: principal starts with "spiffe://default.default.mesh.local/ns/kuma-demo"
 *   found      allow: principal starts with "spiffe://default.default.mesh.local/ns/kuma"
 *   field      filterChains[0].rbac[0].matcher.matcherList.matchers[0]
 *
 * the proxy of kuma-demo/kv is not as predicted for kuma-3 (checked against commit 348b652)
 * </pre>
 */
record VerificationText(Verification verification, String target, Colours colours) {
    String render() {
        StringBuilder text = new StringBuilder();
        if (!verification.isEqual()) {
            text.append(verification.place().place())
                    .append(": ")
                    .append(Printable.line(verification.message()))
                    .append('\n');
            append(text, "in         ", verification.where());
            append(text, "predicted  ", verification.predicted());
            append(text, "found      ", verification.found());
            append(text, "field      ", verification.path());
            append(text, "= help: ", verification.help());
            text.append('\n');
        }
        String proxy = "the proxy of " + verification.workload().key();
        return text + proxy
                + (verification.isEqual() ? colours.good(" is as predicted") : colours.bad(" is not as predicted"))
                + " for " + target + "\n";
    }

    private static void append(StringBuilder text, String label, @Nullable String words) {
        if (words != null) {
            text.append("  ").append(label).append(Printable.line(words)).append('\n');
        }
    }
}
