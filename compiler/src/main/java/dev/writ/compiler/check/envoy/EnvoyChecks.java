package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import java.util.List;

/**
 * All dangers of a config of Envoy, and why Envoy would refuse it. To add one: a class, a line here, an id in {@code DiagnosticId} and
 * a golden case.
 */
public final class EnvoyChecks {
    private static final List<Danger> DANGERS = List.of(
            new EarlyUpstream(),
            new UnaskedCertificate(),
            new UntrustedAccepted(),
            new MergedTrust(),
            new OpenRbac(),
            new OpenActions(),
            new EvadedDeny(),
            new CallersWithoutCertificate(),
            new HiddenDeny(),
            new OpenIdPrefix(),
            new AnyName(),
            new UncheckedId(),
            new HeldConnections(),
            new EmptiedBundle(),
            new OpenPlaces());

    private EnvoyChecks() {}

    public static void run(AnyConfig config, DiagnosticSink sink) {
        Refusals.of(config).forEach(sink::add);
        Survey survey = Survey.of(config);
        Findings findings = new Findings(config, sink);
        DANGERS.forEach(danger -> danger.find(survey, findings));
    }
}
