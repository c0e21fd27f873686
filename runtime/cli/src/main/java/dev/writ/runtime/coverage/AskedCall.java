package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.CanonicalPath;
import dev.writ.runtime.judge.ConditionTest;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.testing.JudgedCall;
import java.util.List;
import java.util.Optional;

/**
 * A call as the rules of its inbound see it: one whose caller has a certificate of the mesh, and that neither a guard nor HTTP itself
 * answers before any rule. That TLS refuses a trust domain counts too, for that is what keeps such a caller out.
 *
 * @param caller all URI SANs as the one string that rules compare
 * @param segments of the caller, the trust domain first; empty if it is no SPIFFE ID
 */
record AskedCall(
        Call call,
        List<String> uriSans,
        String caller,
        List<String> segments,
        String method,
        String path,
        ConditionTest test) {
    private static final String SCHEME = "spiffe://";

    /** Empty for a call that no rule sees, or of whose verdict nobody is sure. */
    static Optional<AskedCall> of(JudgedCall judged) {
        if (!judged.judged().agree() || !(judged.call().caller() instanceof Caller.Certificate certificate)) {
            return Optional.empty();
        }
        Verdict verdict = judged.verdict();
        boolean isAsked = switch (verdict.stage()) {
            case TLS -> true;
            case RBAC -> !MutualTls.GUARD_NAME.equals(verdict.rule());
            case NONE -> false;
        };
        return isAsked ? Optional.of(of(judged.call(), certificate.uriSans())) : Optional.empty();
    }

    static AskedCall of(Call call, List<String> uriSans) {
        String caller = String.join(",", uriSans);
        List<String> segments = caller.startsWith(SCHEME)
                ? List.of(caller.substring(SCHEME.length()).split("/", -1))
                : List.of();
        return new AskedCall(
                call,
                uriSans,
                caller,
                segments,
                call.method() == null ? "GET" : call.method(),
                CanonicalPath.of(call.path() == null ? "/" : call.path()),
                new ConditionTest(call));
    }
}
