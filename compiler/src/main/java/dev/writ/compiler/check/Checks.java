package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import java.util.List;

/** All checks of a bound model. To add one: a class, a line here, an id in {@code DiagnosticId} and a golden case. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new UnknownVariable(),
            new MissingIdentity(),
            new EscapedTrustDomain(),
            new DuplicateSpiffeId(),
            new IdleIdentity(),
            new TiedIdentities(),
            new OpenPrefix(),
            new CutTrustDomain(),
            new IdlePermission());

    private Checks() {}

    /** Reports what is wrong with the model, and what is right and yet not what its author can have meant. */
    public static void run(MeshModel model, DiagnosticSink sink) {
        for (Mesh mesh : model.meshes()) {
            ALL.forEach(check -> check.check(mesh, sink));
        }
    }
}
