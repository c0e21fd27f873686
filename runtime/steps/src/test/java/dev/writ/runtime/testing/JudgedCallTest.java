package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedCallTest {
    private static final String HEAD = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
                And the permission "db-callers" on workloads where app is "db":
                  \"""
                  deny  spiffe://default.default.mesh.local/ns/shop/sa/mallory
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void aCallIsHandedOutWithWhatWasExpectedAndWhatDecided() {
        JudgedCall call = judged(HEAD + """
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is denied by "db-callers"
            """).getFirst();

        assertThat(call.scenario().name()).isEqualTo("the web");
        assertThat(call.scenario().file()).endsWith("a.feature");
        assertThat(call.scenario().line()).isEqualTo(9);
        assertThat(call.place().text()).isEqualTo("the call is denied by \"db-callers\"");
        assertThat(call.call().port()).isEqualTo(5432);
        assertThat(call.expected()).isEqualTo(Expectation.DENY);
        assertThat(call.rule()).contains("db-callers");
        assertThat(call.verdict().decision()).isEqualTo(Verdict.Decision.ALLOW);
        assertThat(call.decider().map(SourceSpan::text)).contains("spiffe://default.default.mesh.local/ns/shop/**");
        assertThat(call.isMet()).isFalse();
        assertThat(call.policy().rules().target()).isEqualTo(Target.ENVOY);
        assertThat(call.policy().declared().files()).hasSize(1);
    }

    @Test
    void theRowsOfTablesAndTheCellsOfMatricesCountOneByOne() {
        List<JudgedCall> calls = judged(HEAD + """
              Scenario: tables
                Then these calls are decided so:
                  | caller   | callee  | decision |
                  | shop/web | shop/db | allow    |
                  | ops/job  | shop/db | deny     |
                And callers reach callees:
                  |          | shop/db | shop/web:9000 |
                  | shop/web | allow   |               |
                  | ops/job  | deny    | deny          |
            """);

        assertThat(calls).hasSize(5).allMatch(JudgedCall::isMet);
        assertThat(calls.stream().map(call -> call.place().text()))
                .containsExactly("shop/web", "ops/job", "allow", "deny", "deny");
    }

    @Test
    void scenariosThatDeclareTheSameShareOnePolicy() {
        List<JudgedCall> calls = judged(HEAD + """
              Scenario: one
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Scenario: two
                When "ops/job" calls "shop/db"
                Then the call is denied
              Scenario: more is declared here
                Given anyone may call "shop/db"
                When "ops/job" calls "shop/db"
                Then the call is allowed
              @target:kuma-2.13 @target:envoy
              Scenario: for two targets
                When "ops/job" calls "shop/db"
                Then the call is denied
            """);

        Set<TestedPolicy> policies = new HashSet<>();
        calls.forEach(call -> policies.add(call.policy()));
        assertThat(calls).hasSize(5);
        assertThat(policies).hasSize(3);
        assertThat(calls.get(0).policy())
                .isSameAs(calls.get(1).policy())
                .isNotSameAs(calls.get(2).policy());
        assertThat(calls.get(0).policy()).isSameAs(calls.get(4).policy());
    }

    @Test
    void aCallOnWhichJudgesDisagreeIsHandedOutToo() {
        folder.write("a.feature", HEAD + """
              Scenario: the web
                When "shop/web" calls "shop/db"
                Then the call is allowed
            """);
        Judge rogue = new Judge() {
            @Override
            public String name() {
                return "envoy";
            }

            @Override
            public Verdict judge(dev.writ.runtime.judge.Call call) {
                return Verdict.refusedByTls("a rogue CA");
            }
        };

        List<JudgedCall> calls = folder.run(
                        FeatureFolder.bench(policy -> List.of(new ModelJudge(policy.policy()), rogue)), "a.feature")
                .results()
                .judged();

        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.isMet()).isFalse();
            assertThat(call.judged().verdicts()).hasSize(2);
            assertThat(call.decider()).isEmpty();
        });
    }

    private List<JudgedCall> judged(String feature) {
        return folder.run(feature).results().judged();
    }
}
