package dev.writ.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.LargeMesh;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The matrix in a real browser. Without Chromium it is not looked at, and a line says so; in CI only where none can be installed. */
class AccessMatrixBrowserTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @BeforeEach
    void findChromium() {
        chromium = Chromium.find(folder, "the access matrix");
    }

    private static String page(Compilation compilation) {
        MeshAccess access = MeshAccess.of(compilation);
        return new AccessMatrix(access, access.callers(), access.inbounds()).page();
    }

    private String dom(String page, String fragment) throws IOException, InterruptedException {
        return chromium.dom(page, fragment);
    }

    private static String status(String dom) {
        Matcher status = Pattern.compile("<p class=\"status\" role=\"status\">([^<]*)</p>")
                .matcher(dom);
        assertThat(status.find()).isTrue();
        return status.group(1);
    }

    private static int cells(String dom) {
        Matcher cells = Pattern.compile("data-cells=\"(\\d+)\"").matcher(dom);
        assertThat(cells.find()).isTrue();
        return Integer.parseInt(cells.group(1));
    }

    @Test
    void countsAreThoseOfTheAccessAndAFilterNarrowsThem() throws Exception {
        Compilation mesh = LargeMesh.compiled(40, 60);
        MeshAccess access = MeshAccess.of(mesh);
        String page = page(mesh);
        assertThat(status(dom(page, "")))
                .isEqualTo("40 callers × 40 inbounds: " + through(access, "", "") + " calls let through of 1600");
        assertThat(status(dom(page, "#to=team-1/app-2&from=team-0")))
                .isEqualTo("20 callers × 10 inbounds: " + through(access, "team-1/app-2", "team-0/")
                        + " calls let through of 200");
    }

    private static long through(MeshAccess access, String to, String from) {
        return access.inbounds().stream()
                .filter(inbound -> inbound.name().startsWith(to))
                .mapToLong(inbound -> access.callers().stream()
                        .filter(caller -> caller.name().startsWith(from))
                        .map(caller -> AccessWords.word(access.of(caller, inbound)))
                        .filter(word -> word != AccessWords.Word.DENY && word != AccessWords.Word.UNKNOWN)
                        .count())
                .sum();
    }

    @Test
    void aThousandWorkloadsAreNotAMillionCells() throws Exception {
        Compilation mesh = LargeMesh.compiled(1_000, 300);
        String dom = dom(page(mesh), "");
        assertThat(status(dom)).startsWith("1000 callers × 1000 inbounds: ").endsWith(" calls let through of 1000000");
        assertThat(cells(dom)).isEqualTo(50 * 50);
    }

    /** A page on which something is done once it is there. */
    private static String after(String page, String script) {
        return page.replace("</body>", "<script>" + script + "</script></body>");
    }

    @Test
    void keysMoveAndUnfoldAndTheFocusStaysWhereItWas() throws Exception {
        String page = page(LargeMesh.compiled(40, 60));
        String fold = "document.querySelector('button.fold').click();";
        String folded = dom(after(page, fold), "");
        assertThat(cells(folded)).isEqualTo(2 * 2);
        assertThat(folded).doesNotContain("aria-expanded=\"true\"");
        String keys = "document.querySelector('td').focus();"
                + "['ArrowRight', 'ArrowDown', 'Enter'].forEach(function (key) {"
                + " document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: key, bubbles: true})); });"
                + "document.title = document.activeElement.tagName + ' '"
                + " + document.activeElement.parentElement.rowIndex + ' ' + document.activeElement.cellIndex;";
        String unfolded = dom(after(page, fold + keys), "");
        assertThat(cells(unfolded)).isEqualTo((2 + 20) * (2 + 20));
        assertThat(unfolded).contains("<title>TD 2 2</title>", "<strong>team-1 </strong><span>→ team-1</span>");
    }

    @Test
    void aSectionStandsInAnotherPageAsOftenAsOneLikes() throws Exception {
        MeshAccess access = MeshAccess.of(LargeMesh.compiled(40, 60));
        String section = new AccessMatrix(access, access.callers(), access.inbounds()).section();
        String page = "<!DOCTYPE html><html><body><table><tr><td>other</td></tr></table>" + section + section
                + "</body></html>";
        String dom = dom(page, "");
        assertThat(dom).contains("<table><tbody><tr><td>other</td></tr></tbody></table>");
        assertThat(dom.split(Pattern.quote(status(dom)), -1)).hasSize(3);
    }

    @Test
    void aPageAsksForNothingFromElsewhereAndNoNameEndsItsScript() {
        Compilation mesh = LargeMesh.compiled(3, 3);
        MeshAccess access = MeshAccess.of(mesh);
        List<CallingWorkload> callers =
                new AccessSelection(access, new DiagnosticSink()).callers(List.of("spiffe://</script><img src=x>"));
        String page = new AccessMatrix(access, callers, access.inbounds()).page();
        assertThat(page).doesNotContain("<img", "http://", "https://", "src=\"", "@import", "url(");
        assertThat(page.split("</script>", -1)).hasSize(3);
    }
}
