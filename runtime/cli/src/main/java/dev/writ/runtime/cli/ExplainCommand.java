package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Target;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.ModelVerdict;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.proof.RemedySearch;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.JudgeChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ explain}: one call, its verdict and why. */
@Command(name = "explain", description = "Judge one call and show what decided it.")
final class ExplainCommand implements Callable<Integer> {
    enum Expectation {
        ALLOW,
        DENY
    }

    private final Invocation invocation;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(
            names = "--from",
            required = true,
            arity = "1",
            paramLabel = "CALLER",
            description = "A SPIFFE ID, a workload, anonymous (TLS without a certificate) or plaintext;"
                    + " repeated: several SPIFFE IDs in one certificate. A certificate that is no good:"
                    + " 'an expired certificate of ID', 'a certificate of a foreign CA for ID',"
                    + " 'a certificate with only the DNS name NAME'.")
    private List<String> from = List.of();

    @Option(names = "--to", required = true, paramLabel = "WORKLOAD[:PORT]", description = "Who is called.")
    private String to = "";

    @Option(names = "--method", description = "The HTTP method (default: GET).")
    private @Nullable String method;

    @Option(names = "--path", description = "The path with its query, if any (default: /).")
    private @Nullable String path;

    @Option(names = "--sni", paramLabel = "NAME", description = "The TLS server name.")
    private @Nullable String sni;

    @Option(names = "--expect", paramLabel = "allow|deny", description = "Exit with 1 if the verdict is another.")
    private @Nullable Expectation expected;

    @Mixin
    private JudgeOption judges = new JudgeOption(JudgeChoice.MODEL);

    @Option(names = "--format", paramLabel = "text|json", description = "How to show the verdicts.")
    private Format format = Format.TEXT;

    ExplainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws EnvoyUnavailable {
        Loaded loaded = Loaded.from(sources, invocation);
        invocation.report(loaded.errors());
        if (loaded.hasErrors()) {
            return loaded.exitCode();
        }
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Call> call = call(new CallResolver(loaded.compilation().model()), sink);
        if (call.isEmpty()) {
            invocation.report(sink.sorted());
            return ExitCode.USAGE;
        }
        Explanation explanation = explain(loaded, call.get());
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT -> text(explanation, loaded.target());
                            case JSON -> Json.text(TargetOption.with(ExplanationJson.of(explanation), loaded.target()));
                        });
        return exitCode(explanation);
    }

    private String text(Explanation explanation, Target target) {
        String closing = TargetOption.closing(target);
        return new ExplanationText(explanation, new Colours(invocation.colourOut())).render()
                + (closing.isEmpty() ? "" : "\njudged" + closing + "\n");
    }

    private Explanation explain(Loaded loaded, Call call) throws EnvoyUnavailable {
        ModelVerdict model = new ModelJudge(loaded.compilation().policy()).explain(call);
        RemedySearch remedies = new RemedySearch(loaded.compilation());
        return new Explanation(
                judge(loaded, call),
                model,
                PermissionNames.of(loaded.compilation().model().meshOf(call.to())),
                remedies.of(call, model));
    }

    private PanelVerdict judge(Loaded loaded, Call call) throws EnvoyUnavailable {
        try (ChosenJudges bench = judges.open(invocation)) {
            return bench.panel(loaded.compilation()).judge(call);
        } catch (EnvoyUnavailable missing) {
            if (!judges.isEnvoyAlone()) {
                throw missing;
            }
            return new PanelVerdict(List.of(new Opinion.Unavailable("envoy", missing.getMessage())), true);
        }
    }

    private Optional<Call> call(CallResolver resolver, DiagnosticSink sink) {
        Optional<Caller> caller = new CallerWords(resolver).read(from, sink);
        Optional<CallResolver.Callee> callee = resolver.callee(to, null, null, sink);
        return sink.hasErrors()
                ? Optional.empty()
                : caller.flatMap(who -> callee.map(whom ->
                        new Call(who, whom.workload().key(), whom.inbound().port(), sni, upper(method), path)));
    }

    private int exitCode(Explanation explanation) {
        if (!explanation.panel().agree()) {
            return ExitCode.BUG;
        }
        Decision decision = explanation.decision();
        if (decision == null) {
            return ExitCode.USAGE;
        }
        return expected == null || expected.name().equals(decision.name()) ? ExitCode.FINE : ExitCode.NO;
    }

    private static @Nullable String upper(@Nullable String method) {
        return method == null ? null : method.toUpperCase(Locale.ROOT);
    }
}
