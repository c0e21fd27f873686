package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Rules on identities where callers may have none. In plaintext a matcher that asks for one denies whatever else it says; classic
 * rules, and both where TLS lets in callers without a certificate, take it for no match, which evades a deny and passes a negation.
 */
final class CallersWithoutCertificate implements Danger {
    @Override
    public void find(Survey survey, Findings findings) {
        Set<RbacSite> plaintext = new HashSet<>();
        for (Asked asked : survey.asked()) {
            Optional<Chain> chain = asked.site().chain();
            boolean classic = asked.name() == Asked.Name.ANY;
            if (chain.isPresent() && chain.get().isPlaintext() && !classic) {
                if (plaintext.add(asked.site())) {
                    findings.add(
                            DiagnosticId.ENVOY_NO_CERTIFICATE,
                            asked.place(),
                            "on a plaintext connection this cannot be decided: Envoy denies, even what `on_no_match` allows",
                            "ask plaintext callers for nothing that only certificates have");
                }
            } else if (asked.keepsOut() && (chain.isEmpty() ? classic : letsIn(chain.get()))) {
                findings.add(
                        DiagnosticId.ENVOY_NO_CERTIFICATE,
                        chain.isEmpty() ? Severity.NOTE : Severity.WARNING,
                        asked.place(),
                        chain.isEmpty()
                                ? "a caller without a certificate evades this deny, where the listener lets one in"
                                : "a caller without a certificate evades this deny, and the listener lets one in",
                        "require a client certificate, or allow by name instead");
            }
        }
    }

    private static boolean letsIn(Chain chain) {
        return chain.isPlaintext() || chain.admitsAnonymous();
    }
}
