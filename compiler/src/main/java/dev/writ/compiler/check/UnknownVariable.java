package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.TemplateScope;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import java.util.Map;

/** A variable that a template does not have, also in the templates of a MeshIdentity that selects no workload. */
final class UnknownVariable implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        TemplateScope trustDomain = TemplateScope.trustDomain(mesh.name(), mesh.zone(), Map.of());
        TemplateScope path = TemplateScope.path("", Map.of());
        for (MeshIdentity identity : mesh.identities()) {
            check(identity.trustDomainTemplate(), trustDomain, sink);
            check(identity.pathTemplate(), path, sink);
        }
    }

    private static void check(SpiffeTemplate template, TemplateScope scope, DiagnosticSink sink) {
        template.expressions()
                .filter(Field.class::isInstance)
                .map(Field.class::cast)
                .filter(field -> !field.name().isEmpty() && !scope.variables().containsKey(field.name()))
                .forEach(field -> sink.add(scope.unknownVariable(field)));
    }
}
