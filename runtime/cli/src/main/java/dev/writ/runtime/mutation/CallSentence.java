package dev.writ.runtime.mutation;

import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.CallerPhrases;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls to the workloads of a policy, and what becomes of them, in the sentences of features. Who calls is a workload's name where one has what the caller has. */
public final class CallSentence {
    private final MeshModel model;
    private final Map<Caller, String> byCaller = new HashMap<>();
    private final Map<String, Integer> shortNames = new HashMap<>();

    public CallSentence(MeshModel model) {
        this.model = model;
        model.workloads().forEach(workload -> shortNames.merge(workload.key().shortName(), 1, Integer::sum));
        CallResolver resolver = new CallResolver(model);
        for (Workload workload : model.workloads()) {
            resolver.callerOf(workload)
                    .filter(Caller.Certificate.class::isInstance)
                    .ifPresent(caller -> byCaller.putIfAbsent(caller, name(workload.key())));
        }
    }

    /** What a workload is called: by its short name, if no other one has it. */
    public String name(WorkloadKey workload) {
        return shortNames.getOrDefault(workload.shortName(), 0) > 1 ? workload.fullName() : workload.shortName();
    }

    /** Who calls, as a table's cell has it. */
    public String caller(Call call) {
        return Optional.ofNullable(byCaller.get(call.caller()))
                .orElseGet(() -> CallerPhrases.of(call.caller(), " and "));
    }

    /** Whether the callee has more than one port, so that a call must say which. */
    public boolean needsPort(Call call) {
        return model.workloads().stream()
                        .filter(workload -> workload.key().equals(call.to()))
                        .flatMap(workload -> workload.inbounds().stream())
                        .map(inbound -> inbound.port())
                        .distinct()
                        .count()
                > 1;
    }

    /** The sentence of the When step. */
    public String when(Call call) {
        String named = byCaller.get(call.caller());
        String who = named == null ? quoted(call.caller()) : "\"" + named + "\"";
        return who + " calls \"" + name(call.to()) + "\"" + (needsPort(call) ? " on port " + call.port() : "")
                + request(call);
    }

    /** What is asked for, behind the callee. */
    private static String request(Call call) {
        String http = call.method() == null && call.path() == null
                ? ""
                : " with " + (call.method() == null ? "GET" : call.method()) + " \""
                        + (call.path() == null ? "/" : call.path()) + "\"";
        return http + (call.sni() == null ? "" : " with server name \"" + call.sni() + "\"");
    }

    private static String quoted(Caller caller) {
        return switch (caller) {
            case Caller.Certificate certificate ->
                certificate.uriSans().size() == 1
                        ? "\"" + certificate.uriSans().getFirst() + "\""
                        : "a certificate with \"" + String.join("\" and \"", certificate.uriSans()) + "\"";
            case Caller.ExpiredCertificate certificate ->
                CallerPhrases.EXPIRED + "\"" + certificate.uriSans().getFirst() + "\"";
            case Caller.ForeignCertificate certificate ->
                CallerPhrases.FOREIGN + "\"" + certificate.uriSans().getFirst() + "\"";
            case Caller.DnsCertificate certificate ->
                CallerPhrases.DNS_NAME + "\"" + certificate.dnsNames().getFirst() + "\"";
            case Caller.Anonymous anonymous -> "\"anonymous\"";
            case Caller.Plaintext plaintext -> "\"plaintext\"";
        };
    }

    /** The sentence of the Then step: all of the verdict that a mutant could change. */
    public static String then(Verdict verdict) {
        if (verdict.stage() == Stage.TLS) {
            return "the call is refused by TLS";
        }
        return switch (verdict.decision()) {
            case UNKNOWN -> "the verdict is unknown";
            case DENY -> "the call is denied";
            case ALLOW ->
                verdict.shadow() == null
                        ? "the call is allowed"
                        : verdict.shadow() == Decision.DENY
                                ? "the call is shadow-denied"
                                : "the call is allowed and not shadow-denied";
        };
    }

    /** The same as a table's cell has it. */
    public static String decision(Verdict verdict) {
        if (verdict.stage() == Stage.TLS) {
            return "refused by TLS";
        }
        return switch (verdict.decision()) {
            case UNKNOWN -> "unknown";
            case DENY -> "deny";
            case ALLOW ->
                verdict.shadow() == null
                        ? "allow"
                        : verdict.shadow() == Decision.DENY ? "shadow-deny" : "allow, not shadow-deny";
        };
    }

    /** What a scenario of the call is called. */
    public String title(Call call, Verdict verdict) {
        String who = caller(call);
        String name = who.startsWith(SpiffeId.SCHEME) ? who.substring(SpiffeId.SCHEME.length()) : who;
        String fate = verdict.decision() == Decision.DENY
                ? "stays out of "
                : verdict.shadow() == Decision.DENY ? "reaches, and is reported for, " : "reaches ";
        return name + " " + fate + name(call.to()) + (needsPort(call) ? " on port " + call.port() : "") + request(call);
    }
}
