package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.NetworkFilter.NetworkRbac;
import dev.writ.compiler.envoy.config.NetworkFilter.TcpProxy;
import java.util.List;
import java.util.Optional;

/**
 * Network RBAC before a TCP proxy that connects at once: RBAC decides at the caller's first byte, and until then a caller that it
 * will deny reads what the upstream says first.
 *
 * <p>Where the SAN matchers of TLS are just the identities that RBAC allows, nobody gets that far.
 */
final class EarlyUpstream implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        for (Chain chain : survey.chains()) {
            List<NetworkFilter> filters = chain.config().filters();
            for (int i = 0; i < filters.size(); i++) {
                if (filters.get(i) instanceof TcpProxy proxy
                        && proxy.connectsAtOnce()
                        && filters.stream().limit(i).anyMatch(NetworkRbac.class::isInstance)
                        && !isDecidedByTls(chain, survey)) {
                    findings.add(
                            DiagnosticId.ENVOY_EARLY_UPSTREAM,
                            chain.place() + ".filters[" + i + "]",
                            "a caller that RBAC denies can read what the upstream says first",
                            "name the identities in `match_typed_subject_alt_names`, or set"
                                    + " `upstream_connect_mode: ON_DOWNSTREAM_DATA` with `max_early_data_bytes`");
                }
            }
        }
    }

    private static boolean isDecidedByTls(Chain chain, Survey survey) {
        if (chain.sanMatchers().isEmpty()) {
            return false;
        }
        List<Asked> asked = survey.asked().stream()
                .filter(one -> one.site().chain().equals(Optional.of(chain)))
                .toList();
        return chain.sanMatchers().stream()
                .allMatch(san -> asked.stream()
                        .anyMatch(one -> one.allows() && !one.negated() && SameText.of(one.matcher(), san.matcher())));
    }
}
