package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.util.List;
import java.util.Optional;

/**
 * The trust domain of a MeshIdentity. Kuma renders it without a look at the text and fails when it makes the CA; here a text
 * that is no trust domain is a finding about the part of the template it comes from.
 */
public final class TrustDomainResolver {
    private TrustDomainResolver() {}

    /** What came of it. */
    public sealed interface Outcome {}

    public record Resolved(String trustDomain) implements Outcome {}

    /** No trust domain, for each of these reasons: at least one. */
    public record Unresolved(List<Diagnostic> findings) implements Outcome {
        public Unresolved {
            findings = List.copyOf(findings);
        }
    }

    public static Outcome resolve(SpiffeTemplate template, TemplateScope scope) {
        return switch (TemplateResolver.resolve(template, scope)) {
            case Rendering.Failed failed -> new Unresolved(failed.findings());
            case Rendering.Text text ->
                fault(template, text)
                        .<Outcome>map(finding -> new Unresolved(List.of(finding)))
                        .orElseGet(() -> new Resolved(text.value()));
        };
    }

    private static Optional<Diagnostic> fault(SpiffeTemplate template, Rendering.Text text) {
        int scheme = SpiffeId.SCHEME.length();
        int slash = text.value().indexOf('/');
        // With the slash and what follows the text may still be a SPIFFE ID; it is no trust domain.
        Optional<SpiffeId.Fault> fault = SpiffeId.fault(SpiffeId.SCHEME
                        + (slash < 0 ? text.value() : text.value().substring(0, slash)))
                .or(() -> slash < 0
                        ? Optional.empty()
                        : Optional.of(
                                new SpiffeId.Fault("a trust domain holds no `/`", scheme + slash, scheme + slash + 1)));
        return fault.map(one -> new RenderedFault(template, text)
                .finding(
                        one.message(),
                        Math.max(0, one.start() - scheme),
                        Math.max(0, one.end() - scheme),
                        "the template gives the trust domain `" + text.value() + "`"));
    }
}
