package dev.writ.runtime.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the verdict from what Envoy logged of a call. Only what was logged counts: a connection that ends in silence is no deny.
 */
final class VerdictReading {
    private static final String ALLOWED = "allowed";
    private static final String DENIED = "denied";
    private static final String DENIED_BY = "rbac_access_denied_matched_policy";
    private static final String NO_CHAIN = "filter_chain_not_found";
    private static final String NO_HTTP = "http1.codec_error";
    /** What decides where no classic policy matches; Envoy names none then. */
    private static final String DEFAULT = "default";

    private static final String PATH_REFUSED = "path_normalization_failed";
    /** How BoringSSL names what a caller's certificate, or its lack, or the lack of TLS, was refused for. */
    private static final List<String> REFUSALS = List.of(
            "CERTIFICATE_VERIFY_FAILED",
            "PEER_DID_NOT_RETURN_A_CERTIFICATE",
            "WRONG_VERSION_NUMBER",
            "HTTP_REQUEST",
            "HTTPS_PROXY_REQUEST");

    private VerdictReading() {}

    /** The evidence does not make a verdict; the message says what is missing. */
    static final class Inconclusive extends Exception {
        private final String line;

        Inconclusive(String line) {
            super(line);
            this.line = line;
        }

        String line() {
            return line;
        }
    }

    static Verdict read(JudgedInbound inbound, Call call, List<Evidence> lines, CallerConnection.Answer answer)
            throws Inconclusive {
        Evidence connection = lines.getLast();
        if (connection.details().equals(NO_CHAIN)) {
            return undecidedByRules(Decision.DENY, "no filter chain takes the caller");
        }
        if (!connection.tlsFailure().isEmpty() && !isServed(lines)) {
            return refusedByTls(connection.tlsFailure());
        }
        requireCaller(call.caller(), connection);
        if (!inbound.http()) {
            return ofConnection(inbound, connection, answer);
        }
        if (lines.stream().anyMatch(line -> line.details().equals(NO_HTTP)) && isHandshakeAsBytes(call, connection)) {
            return undecidedByRules(Decision.DENY, "the TLS handshake is no HTTP request: " + NO_HTTP);
        }
        Optional<String> fault = call.requestFault();
        if (fault.isPresent()) {
            return Verdict.unknown(fault.get());
        }
        Optional<Evidence> request = lines.stream()
                .filter(line -> line.kind().equals(AccessLogFormat.REQUEST))
                .findFirst();
        if (request.isEmpty()) {
            throw new Inconclusive("Envoy logged the connection and no request");
        }
        return ofRequest(inbound, request.get());
    }

    // A TLS inspector leaves its own complaint about plaintext, and a caller that goes away leaves one after the
    // handshake.
    private static boolean isServed(List<Evidence> lines) {
        return lines.stream()
                .anyMatch(line -> line.kind().equals(AccessLogFormat.REQUEST)
                        || line.forwarded()
                        || line.networkRbac().has(JudgeListener.COPY_PREFIX + "shadow_engine_result"));
    }

    private static boolean isHandshakeAsBytes(Call call, Evidence connection) {
        return !(call.caller() instanceof Caller.Plaintext) && !connection.tls();
    }

    private static Verdict undecidedByRules(Decision decision, @Nullable String reason) {
        return new Verdict(decision, Stage.NONE, null, null, reason);
    }

    private static Verdict refusedByTls(String failure) throws Inconclusive {
        if (REFUSALS.stream().noneMatch(failure::contains)) {
            throw new Inconclusive("TLS failed for a reason that is no verdict: " + failure);
        }
        return Verdict.refusedByTls(failure);
    }

    private static void requireCaller(Caller caller, Evidence connection) throws Inconclusive {
        String presented = switch (caller) {
            // Where nothing speaks TLS with the caller, nothing sees what it presents.
            case Caller.Named named -> connection.tls() ? String.join(",", named.uriSans()) : "";
            case Caller.DnsCertificate certificate -> "";
            case Caller.Anonymous anonymous -> "";
            case Caller.Plaintext plaintext -> "";
        };
        if (!connection.uriSans().equals(presented)) {
            throw new Inconclusive("Envoy saw the caller as `" + connection.uriSans() + "`");
        }
    }

    private static Verdict ofRequest(JudgedInbound inbound, Evidence request) throws Inconclusive {
        JsonNode rbac = request.httpRbac();
        if (!rbac.has("enforced_engine_result") && request.forwarded()) {
            return undecidedByRules(Decision.ALLOW, null);
        }
        if (!rbac.has("enforced_engine_result")) {
            // The connection manager answers by itself what its path options refuse: no rule is asked.
            if (!request.details().startsWith(PATH_REFUSED)) {
                throw new Inconclusive("Envoy logged a request that no rule decided: `" + request.details() + "`");
            }
            return undecidedByRules(Decision.DENY, "the path was refused: " + request.details());
        }
        Decision decision = decision(rbac, "enforced_engine_result");
        boolean denied = request.details().startsWith(DENIED_BY);
        if (denied != (decision == Decision.DENY)) {
            throw new Inconclusive("Envoy's log says `" + decision + "` and `" + request.details() + "` at once");
        }
        return verdict(inbound, decision, shadow(inbound, rbac), rbac.path("enforced_effective_policy_id"));
    }

    private static Verdict ofConnection(JudgedInbound inbound, Evidence connection, CallerConnection.Answer answer)
            throws Inconclusive {
        JsonNode rbac = connection.networkRbac();
        if (connection.forwarded() && !rbac.has(JudgeListener.COPY_PREFIX + "shadow_engine_result")) {
            return undecidedByRules(Decision.ALLOW, null);
        }
        Decision decision = decision(rbac, JudgeListener.COPY_PREFIX + "shadow_engine_result");
        // The copy names the rule; what was really enforced shows in the end of the connection and in the application's
        // answer.
        boolean denied = connection.termination().startsWith(DENIED_BY);
        boolean answered = answer == CallerConnection.Answer.ANSWERED;
        if (denied != (decision == Decision.DENY) || answered != (decision == Decision.ALLOW)) {
            throw new Inconclusive("Envoy's log says `" + decision + "`, the connection `" + connection.termination()
                    + "` and the application " + (answered ? "answered" : "did not answer"));
        }
        return verdict(
                inbound,
                decision,
                shadow(inbound, rbac),
                rbac.path(JudgeListener.COPY_PREFIX + "shadow_effective_policy_id"));
    }

    private static Verdict verdict(JudgedInbound inbound, Decision decision, @Nullable Decision shadow, JsonNode rule)
            throws Inconclusive {
        if (inbound.classic() && rule.isMissingNode()) {
            return new Verdict(decision, Stage.RBAC, shadow, DEFAULT, null);
        }
        if (!rule.isTextual()) {
            throw new Inconclusive("Envoy's log does not name the rule that decided");
        }
        return new Verdict(decision, Stage.RBAC, shadow, rule.textValue(), null);
    }

    private static @Nullable Decision shadow(JudgedInbound inbound, JsonNode rbac) throws Inconclusive {
        return inbound.shadows() ? decision(rbac, inbound.shadowPrefix() + "shadow_engine_result") : null;
    }

    private static Decision decision(JsonNode rbac, String field) throws Inconclusive {
        return switch (rbac.path(field).asText("")) {
            case ALLOWED -> Decision.ALLOW;
            case DENIED -> Decision.DENY;
            default -> throw new Inconclusive("Envoy logged no decision (`" + field + "`)");
        };
    }
}
