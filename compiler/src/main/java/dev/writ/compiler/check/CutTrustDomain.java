package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * A prefix without a slash behind its trust domain, which admits every trust domain that starts with it.
 *
 * <p>Kuma's YAML takes no trailing slash, so a whole trust domain has no other spelling there. It is found fault with only where
 * that matters: where the text is no trust domain of the mesh, or another one of the mesh starts with it too.
 */
final class CutTrustDomain implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        TrustDomains trustDomains = TrustDomains.of(mesh);
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                if (rule.callers() instanceof IdPrefix callers) {
                    finding(rule, callers.prefix(), trustDomains.known()).ifPresent(sink::add);
                }
            }
        }
    }

    private static Optional<Diagnostic> finding(Rule rule, String prefix, NavigableSet<String> known) {
        if (SpiffeId.SCHEME.startsWith(prefix)) {
            return Optional.of(of(
                    rule,
                    Severity.WARNING,
                    "a prefix that ends before the trust domain matches every caller",
                    "name the trust domain: `spiffe://example.org/`"));
        }
        if (prefix.indexOf('/', SpiffeId.SCHEME.length()) >= 0) {
            return Optional.empty();
        }
        String trustDomain = prefix.substring(SpiffeId.SCHEME.length());
        List<String> longer = known.tailSet(trustDomain).stream()
                .filter(other -> other.startsWith(trustDomain) && !other.equals(trustDomain))
                .toList();
        if (known.contains(trustDomain)) {
            return longer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(of(
                            rule,
                            Severity.WARNING,
                            "a prefix that ends in the trust domain also matches the trust domain `" + longer.getFirst()
                                    + "`",
                            advice(rule, prefix)));
        }
        if (longer.isEmpty() && trustDomain.endsWith(".")) {
            return Optional.of(of(
                    rule,
                    Severity.NOTE,
                    "this prefix matches every trust domain that starts with `" + trustDomain + "`",
                    advice(rule, prefix)));
        }
        if (longer.isEmpty()) {
            return Optional.of(of(
                    rule,
                    Severity.WARNING,
                    "a prefix that ends in the trust domain also matches every trust domain that starts with `"
                            + trustDomain + "`",
                    NearName.of(trustDomain, known)
                            .map(near -> "did you mean `" + SpiffeId.SCHEME + near + "`?")
                            .orElseGet(() -> advice(rule, prefix))));
        }
        return Optional.of(of(
                rule,
                // Behind a dot a family of trust domains is meant: `spiffe://default.` is every zone of the mesh.
                trustDomain.endsWith(".") ? Severity.NOTE : Severity.WARNING,
                "this prefix ends inside the trust domain `" + longer.getFirst() + "`",
                "did you mean `" + SpiffeId.SCHEME + longer.getFirst() + "`?"));
    }

    // A deny that reaches too far errs on the safe side.
    private static Diagnostic of(Rule rule, Severity severity, String message, String help) {
        return Diagnostic.of(DiagnosticId.PERMISSION_CUT_TRUST_DOMAIN, rule.pattern(), message, help)
                .withSeverity(rule.action() == Action.DENY ? Severity.NOTE : severity);
    }

    private static String advice(Rule rule, String prefix) {
        return OpenPrefix.isWrit(rule)
                ? "write `" + prefix + "/**`, which stops at the trust domain"
                : "go on to the path, for example `" + prefix + "/ns`";
    }
}
