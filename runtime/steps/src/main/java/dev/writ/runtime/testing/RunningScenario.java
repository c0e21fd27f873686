package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.Located;
import dev.writ.runtime.testing.feature.FeatureFile;
import dev.writ.runtime.testing.feature.StepText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scenario that Cucumber runs. Its feature is read when one of Writ's steps needs it: other people's steps run beside ours. */
final class RunningScenario implements ScenarioStage {
    private final String name;
    private final URI uri;
    private final int line;
    private @Nullable ScenarioTags tags;

    /** @param line the scenario's, or its row's in the examples */
    RunningScenario(String name, URI uri, int line) {
        this.name = name;
        this.uri = uri;
        this.line = line;
    }

    @Override
    public StepText step(int taken) {
        return TestRun.current().feature(uri).steps(line).get(taken - 1);
    }

    @Override
    public Declarations open() {
        TestRun run = TestRun.current();
        FeatureFile feature = run.feature(uri);
        DiagnosticSink sink = new DiagnosticSink();
        ScenarioTags chosen = ScenarioTags.of(feature.tags(line), sink);
        Declarations.refuseErrors(sink.sorted());
        tags = chosen;
        return new Declarations(run.sources(), feature.source(), chosen);
    }

    @Override
    public List<PolicyUnderTest> judged(Declarations declarations) {
        TestRun run = TestRun.current();
        ScenarioTags chosen = tags;
        if (chosen == null) {
            throw new IllegalStateException("nothing was declared");
        }
        if (!run.bench().judges(chosen::admits)) {
            throw ScenarioSkipped.because("none of its judges is chosen");
        }
        DeclaredPolicy declared = declarations.declared();
        List<Target> targets = chosen.targets().isEmpty()
                ? List.of(declared.options().target())
                : chosen.targets().stream().map(Located::value).toList();
        List<PolicyUnderTest> policies = new ArrayList<>();
        for (Target target : targets) {
            TestedPolicy policy =
                    run.policies().of(declared.withOptions(declared.options().withTarget(target)));
            Compilation compilation = policy.compilation();
            Declarations.refuseErrors(declarations.strictly(compilation.diagnostics()));
            policies.add(new PolicyUnderTest(
                    policy,
                    run.judging(() -> run.bench().panel(compilation, chosen::admits)),
                    run,
                    new TestedScenario(name, run.featureName(uri), line),
                    targets.size() > 1 ? " for " + target : ""));
        }
        return policies;
    }
}
