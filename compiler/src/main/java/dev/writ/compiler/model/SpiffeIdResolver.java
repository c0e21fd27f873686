package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.util.List;
import java.util.Map;

/**
 * The SPIFFE ID of one workload, as Kuma computes it: {@code spiffe://}, the trust domain and the rendered path in one text,
 * which must then be a SPIFFE ID.
 *
 * <p>A path without its leading slash changes the trust domain, and Kuma lets it; so the ID is issued here too, and the check
 * {@code template.escapes-trust-domain} speaks of it.
 */
public final class SpiffeIdResolver {
    private final SpiffeTemplate path;
    private final String trustDomain;
    private final Rendering.Text rendered;

    private SpiffeIdResolver(SpiffeTemplate path, String trustDomain, Rendering.Text rendered) {
        this.path = path;
        this.trustDomain = trustDomain;
        this.rendered = rendered;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    public record Resolved(SpiffeId id) implements Outcome {}

    /** No SPIFFE ID, for each of these reasons: at least one. */
    public record Unresolved(List<Diagnostic> findings) implements Outcome {
        public Unresolved {
            findings = List.copyOf(findings);
        }
    }

    /** The labels are those of the dataplane: the path's variables stand for some of them. */
    public static Outcome resolve(SpiffeTemplate path, String trustDomain, Map<String, String> labels) {
        return resolve(path, trustDomain, TemplateScope.path(trustDomain, labels));
    }

    static Outcome resolve(SpiffeTemplate path, String trustDomain, TemplateScope scope) {
        return switch (TemplateResolver.resolve(path, scope)) {
            case Rendering.Failed failed -> new Unresolved(failed.findings());
            case Rendering.Text text -> new SpiffeIdResolver(path, trustDomain, text).outcome();
        };
    }

    private Outcome outcome() {
        String text = SpiffeId.SCHEME + trustDomain + rendered.value();
        return SpiffeId.fault(text)
                .<Outcome>map(fault -> new Unresolved(List.of(finding(fault, text))))
                .orElseGet(() -> new Resolved(SpiffeId.of(text).orElseThrow()));
    }

    private Diagnostic finding(SpiffeId.Fault fault, String text) {
        int prefix = text.length() - rendered.value().length();
        String help = "the template gives `" + text + "`";
        return fault.start() < prefix
                ? Diagnostic.of(DiagnosticId.SPIFFE_ID_INVALID, path.text().span(), fault.message(), help)
                : new RenderedFault(path, rendered)
                        .finding(fault.message(), fault.start() - prefix, fault.end() - prefix, help);
    }
}
