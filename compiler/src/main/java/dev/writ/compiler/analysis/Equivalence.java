package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inbound's policy and its config as two functions in one diagram: the same node, or a call that tells them apart. */
final class Equivalence {
    private final InboundPolicy policy;
    private final EnvoyConfig config;
    private final Certificates certificates;
    private final int port;

    Equivalence(InboundPolicy policy, EnvoyConfig config) {
        this.policy = policy;
        this.config = config;
        // Rules of single SANs are compared for certificates of any, those of joined ones for certificates of one.
        this.certificates = switch (policy.form()) {
            case PRINCIPALS -> Certificates.ANY_URI_SANS;
            case MATCHER -> Certificates.ONE_URI_SAN;
        };
        this.port = policy.inbound().port();
    }

    Claim claim() {
        Universe universe = Universe.VALID_IDS;
        try {
            Claim.Different different = difference(Callers.WELL_FORMED);
            if (different != null) {
                return different;
            }
        } catch (Unanswerable open) {
            return new Claim.Unknown(port, open.reason());
        }
        try {
            Claim.Different different = difference(Callers.OTHER);
            if (different != null) {
                return different;
            }
            universe = Universe.ANY_STRING;
        } catch (Unanswerable open) {
            // Then the claim is about valid IDs alone, and says so.
            universe = Universe.VALID_IDS;
        }
        return new Claim.Equal(port, universe, Assumptions.of(policy, certificates));
    }

    private Claim.@Nullable Different difference(Callers callers) {
        Diagram diagram = new Diagram(Diagram.BUDGET);
        Node ofPolicy = new ModelDiagram(diagram, callers, certificates, RuleDiagram.Naming::asEmitted).of(policy);
        Node ofConfig = new ConfigDiagram(diagram, callers, certificates).of(config, port);
        Example example = new Example(diagram, callers, UsualNames.NONE);
        List<Claim.Different> found = new ArrayList<>(1);
        List<Region> silent = new ArrayList<>();
        DifferenceWalk.walk(ofPolicy, ofConfig, diagram.leaf(true), (one, other) -> false, region -> {
            Optional<Witness> witness = example.of(region)
                    .filter(call ->
                            !new Lookup(diagram, call).in(ofPolicy).equals(new Lookup(diagram, call).in(ofConfig)));
            witness.ifPresent(call ->
                    found.add(new Claim.Different(port, call, (Outcome) region.before(), (Outcome) region.after())));
            silent.add(region);
            return found.isEmpty();
        });
        // Of strings that are not well-formed a region may hold none; elsewhere every region has a call.
        boolean isOpen = callers == Callers.WELL_FORMED || certificates == Certificates.ANY_URI_SANS;
        if (found.isEmpty() && !silent.isEmpty() && isOpen) {
            throw new Unanswerable("a difference of which no call could be made");
        }
        return found.isEmpty() ? null : found.getFirst();
    }
}
