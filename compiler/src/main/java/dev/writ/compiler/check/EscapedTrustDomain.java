package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Rendering;
import dev.writ.compiler.model.TemplateResolver;
import dev.writ.compiler.model.TemplateScope;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import dev.writ.compiler.syntax.SpiffeTemplate.Part;
import java.util.Optional;

/** A path that does not start with a slash: Kuma appends it to the trust domain, and issues an ID of another trust domain. */
final class EscapedTrustDomain implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity identity : mesh.identities()) {
            if (!identity.pathTemplate().parts().isEmpty()) {
                check(mesh, identity, identity.pathTemplate().parts().getFirst(), sink);
            }
        }
    }

    private static void check(Mesh mesh, MeshIdentity identity, Part first, DiagnosticSink sink) {
        Optional<SpiffeId> escaped = mesh.workloads().stream()
                .filter(workload -> identity.equals(workload.identity().by()))
                .flatMap(workload -> escapedId(identity, workload).stream())
                .findFirst();
        // A literal start needs no workload to be wrong; where a workload's own finding names it, that is enough.
        boolean isAlwaysEscaping = first instanceof Literal literal
                && !literal.value().startsWith("/")
                && mesh.workloads().stream()
                        .noneMatch(workload -> workload.identity() instanceof Absent absent
                                && identity.equals(absent.by())
                                && absent.finding().id() == DiagnosticId.SPIFFE_ID_INVALID);
        if (escaped.isPresent() || isAlwaysEscaping) {
            String help = escaped.map(id -> "start it with a slash: as it is, `" + id + "` is issued")
                    .orElse("start it with a slash");
            sink.add(Diagnostic.of(
                    DiagnosticId.TEMPLATE_ESCAPES_TRUST_DOMAIN,
                    place(first),
                    "the path does not start with `/`, which makes it part of the trust domain",
                    help));
        }
    }

    private static Optional<SpiffeId> escapedId(MeshIdentity identity, Workload workload) {
        if (!(workload.identity() instanceof Issued issued)) {
            return Optional.empty();
        }
        SpiffeTemplate template = identity.pathTemplate();
        TemplateScope scope = TemplateScope.path(issued.id().trustDomain(), workload.labels());
        return switch (TemplateResolver.resolve(template, scope)) {
            case Rendering.Failed failed -> Optional.empty();
            case Rendering.Text path ->
                path.value().isEmpty() || path.value().startsWith("/") ? Optional.empty() : Optional.of(issued.id());
        };
    }

    private static SourceSpan place(Part first) {
        return switch (first) {
            case Action action -> action.expression().span();
            case Literal literal -> {
                int slash = literal.value().indexOf('/');
                yield slash <= 0 ? literal.span() : literal.text().span(0, slash);
            }
        };
    }
}
