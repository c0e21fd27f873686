package dev.writ.runtime.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Envoy logged of a call; no lines for one that it left unanswered.
 *
 * @param request with the addresses that it really had
 */
record FuzzSeen(Request request, List<Evidence> lines) {
    private static final String DENIED_BY = "rbac_access_denied_matched_policy";
    private static final String ENFORCED = "enforced_engine_result";
    private static final String COPY = JudgeListener.COPY_PREFIX + "shadow_engine_result";
    private static final Set<String> SERVED = Set.of("direct_response", "route_not_found");

    /** The verdict, read from nothing else; its reason is Envoy's word for what ended the call. */
    Verdict verdict() {
        if (lines.isEmpty()) {
            return Verdict.unknown("Envoy left no evidence");
        }
        Evidence connection = lines.getLast();
        Evidence request = lines.size() > 1 ? lines.getFirst() : null;
        JsonNode network = connection.networkRbac();
        Decision shadow = shadow(network.path("shadow_engine_result"), null);
        if (connection.details().equals("filter_chain_not_found")) {
            return new Verdict(Decision.DENY, Stage.NONE, null, null, connection.details());
        }
        if (connection.chain().isEmpty()) {
            return new Verdict(Decision.DENY, Stage.NONE, null, null, "a listener filter has ended it");
        }
        if (request != null) {
            return ofRequest(request, network, shadow);
        }
        if (connection.termination().startsWith(DENIED_BY)) {
            return new Verdict(Decision.DENY, Stage.RBAC, shadow, rule(network, "writ_shadow_"), null);
        }
        if (connection.forwarded()) {
            return network.has(COPY)
                    ? new Verdict(Decision.ALLOW, Stage.RBAC, shadow, rule(network, "writ_shadow_"), null)
                    : new Verdict(Decision.ALLOW, Stage.NONE, shadow, null, null);
        }
        if (!connection.tlsFailure().isEmpty()) {
            return Verdict.refusedByTls(connection.tlsFailure());
        }
        return Verdict.unknown("no verdict in " + lines);
    }

    private static Verdict ofRequest(Evidence request, JsonNode network, @Nullable Decision ofNetwork) {
        JsonNode http = request.httpRbac();
        Decision shadow = shadow(http.path("shadow_engine_result"), ofNetwork);
        boolean denied = request.details().startsWith(DENIED_BY);
        if (http.has(ENFORCED)) {
            Decision decision = decision(http.path(ENFORCED));
            if (denied != (decision == Decision.DENY)) {
                return Verdict.unknown("the log contradicts itself: " + request);
            }
            return new Verdict(decision, Stage.RBAC, shadow, rule(http, "enforced_"), null);
        }
        if (!SERVED.contains(request.details())) {
            return new Verdict(Decision.DENY, Stage.NONE, shadow, null, request.details());
        }
        return network.has(COPY)
                ? new Verdict(Decision.ALLOW, Stage.RBAC, shadow, rule(network, "writ_shadow_"), null)
                : new Verdict(Decision.ALLOW, Stage.NONE, shadow, null, null);
    }

    private static @Nullable Decision shadow(JsonNode result, @Nullable Decision before) {
        return result.isMissingNode() || before == Decision.DENY ? before : decision(result);
    }

    private static Decision decision(JsonNode result) {
        return result.asText().equals("allowed") ? Decision.ALLOW : Decision.DENY;
    }

    private static @Nullable String rule(JsonNode rbac, String prefix) {
        JsonNode rule = rbac.path(prefix + "effective_policy_id");
        return rule.isTextual() ? rule.textValue() : null;
    }
}
