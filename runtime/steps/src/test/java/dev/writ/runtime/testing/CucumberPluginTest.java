package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import io.cucumber.core.options.PluginOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CucumberPluginTest {
    private static final String FEATURE = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
                And the permission "db-callers" on workloads where app is "db":
                  \"""
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Scenario: forgotten
                When "shop/web" calls "shop/db"
            """;

    @TempDir
    private Path temporary;

    @Test
    void thePluginsAreThoseOfCucumber() {
        assertThatThrownBy(() -> PluginOption.parse("none"))
                .hasMessageContaining("Valid values for PLUGIN are: " + String.join(", ", CucumberPlugin.names()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "html",
                "json",
                "junit",
                "message",
                "pretty",
                "progress",
                "rerun",
                "testng",
                "unused",
                "usage",
                "usage-json",
                "timeline"
            })
    void eachWritesWhereItIsTold(String name) {
        Path report = temporary.resolve("made/" + name);

        run(name + ":" + report, FeatureFolder.byModel());

        assertThat(name.equals("timeline") ? report.resolve("index.html") : report)
                .isNotEmptyFile();
    }

    @Test
    void aPluginThatIsNoneIsRefusedWithTheNamesOfAll() {
        assertThatThrownBy(() -> CucumberPlugin.parse("prety"))
                .hasMessageStartingWith("there is no plugin `prety`; there are html, json, junit, ")
                .hasMessageEndingWith("usage, usage-json");
        assertThatThrownBy(() -> CucumberPlugin.parse("timeline")).hasMessageContaining("timeline:DIR");
        assertThatThrownBy(() -> CucumberPlugin.parse("teamcity:x")).hasMessageContaining("standard output only");
        assertThatThrownBy(() -> CucumberPlugin.parse("html:")).hasMessageContaining("names no file");
    }

    @Test
    void junitNamesADisagreementByItsTypeAndTellsAllVerdicts() {
        Path report = temporary.resolve("junit.xml");

        run(
                "junit:" + report,
                FeatureFolder.bench(policy -> List.of(new ModelJudge(policy.policy()), new Refusing("envoy"))));

        assertThat(report)
                .content()
                .contains("type=\"" + JudgesDisagree.class.getName() + "\"")
                .contains("model  allow", "envoy  deny (refused by TLS: a rogue CA)");
    }

    @Test
    void aScenarioThatJudgesNothingFailsInEveryReport() {
        Path report = temporary.resolve("junit.xml");

        run("junit:" + report, FeatureFolder.byModel());

        assertThat(report)
                .content()
                .contains("failures=\"1\"", "type=\"" + JudgesNothing.class.getName() + "\"", "judges nothing");
    }

    private void run(String plugin, JudgeBench bench) {
        FeatureFolder folder = new FeatureFolder(temporary);
        folder.write("a.feature", FEATURE);
        folder.run(bench, folder.plan("a.feature").withPlugins(List.of(CucumberPlugin.parse(plugin))));
    }

    private record Refusing(String name) implements Judge {
        @Override
        public Verdict judge(Call call) {
            return Verdict.refusedByTls("a rogue CA");
        }
    }
}
