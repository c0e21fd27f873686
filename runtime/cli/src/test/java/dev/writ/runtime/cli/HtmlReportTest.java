package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run, in a real browser. */
class HtmlReportTest {
    private static final String HOSTILE =
            "</script><script>document.title='broken'</script><img src=x onerror=alert(1)>";
    private static final String FEATURE = """
            Feature: shop & <b>more</b>
              Background:
                Given these workloads:
                  | workload | service account | labels  | ports |
                  | shop/web | web             | app=web | 8080  |
                  | shop/db  | db              | app=db  | 5432  |
                And these identities:
                  | identity | SPIFFE ID                                                          |
                  | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }} |
                And "spiffe://shop.example/ns/shop/**" may call "shop/db"
              Scenario: inside
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Rule: strangers
                @night
                Scenario: mallory stays out
                  When "spiffe://shop.example/ns/ops/sa/mallory" calls "shop/db"
                  Then the call is denied
                Scenario: wrongly expected
                  When "spiffe://shop.example/ns/ops/sa/eve" calls "shop/db"
                  Then the call is allowed
              Scenario: HOSTILE
                When "shop/web" calls "shop/db"
                Then the call is allowed
            """.replace("HOSTILE", HOSTILE);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    private Path feature = Path.of("");

    @BeforeEach
    void write() throws IOException {
        chromium = Chromium.find(folder, "the report");
        feature = Files.writeString(folder.resolve("shop.feature"), FEATURE);
    }

    @Test
    void countsAreThoseOfTheRunAndFailuresAreOpen() throws Exception {
        String dom = chromium.dom(report(ExitCode.NO), "");

        assertThat(text(dom, "verdict")).isEqualTo("4 scenarios: 3 passed, 1 failed");
        assertThat(text(dom, "shown")).isEqualTo("4 scenarios");
        assertThat(dom).contains("<title>1 failed · Policy tests</title>");
        assertThat(dom).contains("<pre class=\"wraps\">expected allow, got deny (no rule matched)</pre>");
        assertThat(dom).contains("<td data-of=\"model\">deny (no rule matched)</td>");
    }

    @Test
    void aFilterNarrowsByNamesTagsCallersAndRules() throws Exception {
        String page = report(ExitCode.NO);

        assertThat(text(chromium.dom(page, "#filter=sa/mallory"), "shown")).isEqualTo("1 of 4 scenarios");
        assertThat(text(chromium.dom(page, "#filter=STRANGERS%20@night"), "shown"))
                .isEqualTo("1 of 4 scenarios");
        assertThat(text(chromium.dom(page, "#filter=no%20such"), "shown")).isEqualTo("0 of 4 scenarios");
    }

    @Test
    void aPlaceLeadsToItsLineOfTheSource() throws Exception {
        String page = report(ExitCode.NO);
        String dom = chromium.dom(after(page, "document.getElementById('unfold').click();"), "");
        int line = FEATURE.lines().toList().indexOf("    Scenario: wrongly expected") + 1;
        assertThat(dom).contains("<a class=\"at\" href=\"#s0-" + line + "\">" + feature + ":" + line + "</a>");

        int rule = FEATURE.lines().toList().indexOf("    And \"spiffe://shop.example/ns/shop/**\" may call \"shop/db\"")
                + 1;
        assertThat(dom)
                .contains("<div class=\"faint\">decided at<a class=\"at\" href=\"#s0-" + rule + "\">" + feature + ":"
                        + rule + "</a></div>");

        String there = chromium.dom(page, "#s0-" + line);

        assertThat(there)
                .containsPattern("<tr id=\"s0-" + line + "\" class=\"here\"[^>]*><td>" + line
                        + "</td><td> {4}Scenario: wrongly expected</td></tr>");
    }

    @Test
    void whatIsWrittenInAFeatureIsTextAndNeverMarkup() throws Exception {
        String page = report(ExitCode.NO);

        String dom = chromium.dom(page, "");

        assertThat(dom).contains("&lt;/script&gt;&lt;script&gt;document.title='broken'&lt;/script&gt;&lt;img src=x");
        assertThat(dom).contains("shop &amp; &lt;b&gt;more&lt;/b&gt;").doesNotContain("<title>broken</title>");
        assertThat(page).doesNotContain("<img", "<b>more");
    }

    @Test
    void thePageAsksForNothingFromElsewhereAndRunsNoScriptButItsOwn() throws Exception {
        String page = report(ExitCode.NO);
        assertThat(page).doesNotContain("src=\"", "<link", "@import", "url(", "http://", "https://");
        assertThat(page).contains("default-src 'none'").doesNotContain("script-src 'unsafe-inline'");

        String attacked =
                chromium.dom(page.replace("</body>", "<script>document.title = 'broken'</script></body>"), "");

        assertThat(attacked).contains("<title>1 failed · Policy tests</title>");
    }

    @Test
    void keysLeadToTheFilterAndOutOfIt() throws Exception {
        String page = report(ExitCode.NO);

        String slash = chromium.dom(after(page, key("/") + "document.title = document.activeElement.id;"), "");
        String escape = chromium.dom(
                after(page, key("/") + "document.activeElement.value = 'mallory';" + key("Escape")), "#filter=mallory");

        assertThat(slash).contains("<title>filter</title>");
        assertThat(text(escape, "shown")).isEqualTo("4 scenarios");
    }

    @Test
    void thePolicyIsThereWithItsFindingsItsMatrixAndWhatHasChanged() throws Exception {
        Path old = Files.writeString(
                folder.resolve("old.feature"), FEATURE.replace("spiffe://shop.example/ns/shop/**", "shop/web"));

        String dom = chromium.dom(report(ExitCode.NO, "--base", old.toString()), "");

        assertThat(dom).contains("2 callers × 2 inbounds: 2 calls let through of 4");
        assertThat(dom).contains("<h3>Against " + old + "</h3>").contains("newly allowed");
        assertThat(dom).contains("<h3>Findings</h3>");
        assertThat(dom).containsPattern("<b>[0-9.]+ %</b><span>of the policy tried</span>");
    }

    @Test
    void mutantsAreThereWhereTheyWereAskedFor() throws Exception {
        Files.writeString(
                feature,
                FEATURE.replace("Scenario: wrongly expected\n", "Scenario: eve\n")
                        .replace(
                                "sa/eve\" calls \"shop/db\"\n      Then the call is allowed",
                                "sa/eve\" calls \"shop/db\"\n      Then the call is denied"));

        assertThat(chromium.dom(report(ExitCode.FINE), "")).contains("<section id=\"mutants\" hidden=\"\">");
        assertThat(chromium.dom(report(ExitCode.FINE, "--mutate"), ""))
                .containsPattern("<b>\\d+ %</b><span>of the mutants told</span>");
    }

    @Test
    void aRunThatCameToNothingLeavesNoPageOfAnEarlierOne() throws Exception {
        report(ExitCode.NO);
        Path page = folder.resolve("reports/report.html");

        CommandRun run = CommandRun.of("test", feature, "--judge", "model", "--tags", "@none", "--html", page);

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(page).doesNotExist();
    }

    private String report(int exit, String... options) throws IOException {
        Path page = folder.resolve("reports/report.html");
        List<Object> words = new ArrayList<>(List.of("test", feature, "--judge", "model", "--html", page));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        return Files.readString(page);
    }

    private static String text(String dom, String id) {
        var found = Pattern.compile("id=\"" + id + "\"[^>]*>([^<]*)<").matcher(dom);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** A page on which something is done once it is there. */
    private static String after(String page, String script) {
        return page.replaceFirst("script-src [^\"]*\"", "script-src 'unsafe-inline'\"")
                .replace("</body>", "<script>" + script + "</script></body>");
    }

    private static String key(String key) {
        return "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '" + key
                + "', bubbles: true}));";
    }
}
