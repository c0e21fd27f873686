package dev.writ.runtime.testing;

import io.cucumber.tagexpressions.Expression;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to run, and how.
 *
 * @param features files, with lines behind if only those are meant ({@code a.feature:12:30}: of scenarios, outlines, rows or
 *     blocks of examples, rules); or folders, of which all features are run, of the folders in them too
 * @param tags which scenarios to run, as Cucumber filters them; empty for all
 * @param name what the name of a scenario must have in it; empty for all
 * @param plugins Cucumber's own reports
 * @param threads how many scenarios are run at a time
 */
public record TestPlan(
        List<String> features,
        Optional<Expression> tags,
        Optional<Pattern> name,
        List<CucumberPlugin> plugins,
        int threads) {
    public TestPlan {
        features = List.copyOf(features);
        plugins = List.copyOf(plugins);
    }

    /** All scenarios of these features, one after the other. */
    public static TestPlan of(List<String> features) {
        return new TestPlan(features, Optional.empty(), Optional.empty(), List.of(), 1);
    }

    public TestPlan withTags(Optional<Expression> tags) {
        return new TestPlan(features, tags, name, plugins, threads);
    }

    public TestPlan withName(Optional<Pattern> name) {
        return new TestPlan(features, tags, name, plugins, threads);
    }

    public TestPlan withPlugins(List<CucumberPlugin> plugins) {
        return new TestPlan(features, tags, name, plugins, threads);
    }

    public TestPlan withThreads(int threads) {
        return new TestPlan(features, tags, name, plugins, threads);
    }
}
