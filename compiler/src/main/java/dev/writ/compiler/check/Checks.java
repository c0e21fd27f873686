package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Target;
import java.time.Instant;
import java.util.List;

/** All checks of a bound model. To add one: a class, a line here, an id in {@code DiagnosticId} and a golden case. */
public final class Checks {
    private final MeshModel model;
    private final MeshPolicy policy;
    private final Instant now;

    private Checks(MeshModel model, MeshPolicy policy, Instant now) {
        this.model = model;
        this.policy = policy;
        this.now = now;
    }

    /**
     * Reports what is wrong with the model, and what is right and yet not what its author can have meant.
     *
     * @param policy what the model was lowered to
     * @param now what certificates are held against
     */
    public static void run(MeshModel model, MeshPolicy policy, Instant now, DiagnosticSink sink) {
        Checks checks = new Checks(model, policy, now);
        for (Mesh mesh : model.meshes()) {
            checks.of(mesh).forEach(check -> check.check(mesh, sink));
        }
    }

    private List<Check> of(Mesh mesh) {
        Target target = model.target();
        List<Applied> applied = Applied.of(mesh);
        RuleStandings standings = new RuleStandings(mesh, applied, policy);
        IssuableCallers issuable = new IssuableCallers(mesh, model.meshes());
        return List.of(
                new UnknownVariable(),
                new MissingIdentity(),
                new EscapedTrustDomain(),
                new DuplicateSpiffeId(),
                new IdleIdentity(),
                new TiedIdentities(),
                new TrustDomainLabel(),
                new IntermediateCa(),
                new ServicesNotExclusive(),
                new UnverifiedService(),
                new MissingTrust(model.meshes()),
                new StaleTrust(),
                new SpireMismatch(),
                new ExpiringTrust(now),
                new PermissiveInbound(applied),
                new EmptyMatch(),
                new OpenPrefix(issuable),
                new CutTrustDomain(),
                new ImpossiblePrincipal(issuable),
                new ExactOnSeveralSans(),
                new IdlePermission(),
                new IgnoredFrom(applied, target),
                new DenyOrder(standings, target),
                new DeadRule(standings),
                new RedundantRule(standings),
                new IdleDeny(standings),
                new OpposedRules(standings),
                new ShadowNoise(applied));
    }
}
