package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax.BelowMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WritRulesParserTest {

    @Test
    void readsOneRuleFromEachLine() {
        RuleSyntax rules = parse("""
                # who may call
                allow        spiffe://td/ns/a/sa/web
                deny spiffe://td/ns/b/**  # nobody from b

                  shadow-deny\tprefix "spiffe://td/ns/legacy-"
                allow spiffe://other/**\
                """);
        assertThat(rules.allow()).hasExactlyElementsOfTypes(ExactMatch.class, BelowMatch.class);
        assertThat(rules.deny()).hasExactlyElementsOfTypes(BelowMatch.class);
        assertThat(rules.allowWithShadowDeny()).hasExactlyElementsOfTypes(PrefixMatch.class);
        assertThat(rules.allow())
                .extracting(
                        match -> ((CallerMatch) match).pattern().value(),
                        match -> match.span().text())
                .containsExactly(
                        tuple("spiffe://td/ns/a/sa/web", "spiffe://td/ns/a/sa/web"),
                        tuple("spiffe://other", "spiffe://other/**"));
        assertThat(rules.deny())
                .extracting(match -> ((CallerMatch) match).pattern().value())
                .containsExactly("spiffe://td/ns/b");
        assertThat(rules.allowWithShadowDeny())
                .extracting(
                        match -> ((CallerMatch) match).pattern().value(),
                        match -> match.span().text())
                .containsExactly(tuple("spiffe://td/ns/legacy-", "prefix \"spiffe://td/ns/legacy-\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment", "  \t\n# a\r\n\r\n# b\r"})
    void aTextWithoutARuleIsNoPermission(String text) {
        assertThat(errors(text)).singleElement().satisfies(error -> {
            assertThat(error.id()).isEqualTo(DiagnosticId.SCHEMA_MISSING_FIELD);
            assertThat(error.message()).isEqualTo("a permission without rules");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            alow spiffe://td/x ¦ alow ¦ expected `allow`, `deny` or `shadow-deny`, found `alow` ¦ did you mean `allow`?
            Deny spiffe://td/x ¦ Deny ¦ expected `allow`, `deny` or `shadow-deny`, found `Deny` ¦ did you mean `deny`?
            shadow spiffe://td/x ¦ shadow ¦ expected `allow`, `deny` or `shadow-deny`, found `shadow` ¦ a rule is `allow <SPIFFE ID>`, for example
            spiffe://td/x ¦ spiffe://td/x ¦ expected `allow`, `deny` or `shadow-deny`, found `spiffe://td/x` ¦ a rule is `allow <SPIFFE ID>`, for example
            permission x { ¦ permission ¦ expected `allow`, `deny` or `shadow-deny`, found `permission` ¦ a rule is `allow <SPIFFE ID>`, for example
            allow ¦ allow ¦ expected a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone` after `allow` ¦ ~~
            allow prefix ¦ prefix ¦ expected a text in double quotes after `prefix` ¦ ~~
            allow prefix spiffe://td/ ¦ spiffe://td/ ¦ expected a text in double quotes, found `spiffe://td/` ¦ write `prefix "spiffe://td/"`
            allow prefx "spiffe://td/" ¦ prefx ¦ expected a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone`, found `prefx` ¦ did you mean `prefix`?
            allow "spiffe://td/x" ¦ "spiffe://td/x" ¦ expected a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone`, found `"spiffe://td/x"` ¦ a SPIFFE ID stands without quotes; only `prefix` takes a text
            allow spifee://td/x ¦ spifee://td/x ¦ expected a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone`, found `spifee://td/x` ¦ did you mean `spiffe://`?
            allow web ¦ web ¦ expected a SPIFFE ID, `prefix`, `workloads`, `workload`, `group` or `anyone`, found `web` ¦ a SPIFFE ID starts with `spiffe://`
            allow prefix "spiffe://td/ ¦ "spiffe://td/ ¦ a text that no `"` closes on its line ¦ ~~
            allow spiffe://td/x spiffe://td/y ¦ spiffe://td/y ¦ expected the end of the line, found `spiffe://td/y` ¦ one line is one rule; a comment starts with `#`
            allow spiffe://td/x to get ¦ get ¦ `get` is no HTTP method ¦ methods are in upper case: `GET`
            allow spiffe://td/x to GTE "/x" ¦ GTE ¦ `GTE` is no HTTP method ¦ did you mean `GET`?
            allow spiffe://td/x to /api ¦ /api ¦ `/api` is no HTTP method ¦ a path stands in quotes: `"/api"`
            allow spiffe://td/x to "api" ¦ api ¦ a path starts with `/` ¦ ~~
            allow spiffe://td/x to "/a/*/b" ¦ * ¦ `*` inside a path ¦ `/**` at the end stands for everything below
            allow spiffe://td/x to "/a?b=c" ¦ ? ¦ a path is compared without its query and fragment ¦ ~~
            allow spiffe://td/x to "/a//b" ¦ // ¦ no normalised path holds `//` ¦ ~~
            allow spiffe://td/x to "/a/../b" ¦ /.. ¦ no normalised path holds `/..` ¦ ~~
            allow spiffe://td/x to "/a{b,c}" ¦ {b,c} ¦ alternatives stand for a whole segment, each different and none empty ¦ write out the names: `{web-1,web-2}`
            allow spiffe://td/x to ¦ to ¦ expected a method or a path after `to` ¦ for example `to GET "/api/**"`
            allow spiffe://td/x to GET to POST ¦ to POST ¦ `to` a second time in one rule ¦ write a rule for each
            allow spiffe://td/x sni "KV" ¦ "KV" ¦ `KV` is no server name ¦ a DNS name in lower case, for example `kv.kuma-demo.mesh`
            allow spiffe://td/x because " " ¦ " " ¦ a reason that says nothing ¦ leave it out, or write why
            allow spiffe://td/x becuase "y" ¦ becuase ¦ expected the end of the line, found `becuase` ¦ did you mean `because`?
            deny spiffe://td/ns/x* ¦ x* ¦ `*` stands for a whole segment ¦ a part of a name is matched by `prefix "…"` alone
            deny spiffe://td/**/x ¦ ** ¦ `**` inside a SPIFFE ID ¦ `*` stands for one segment; `/**` only at the end, for one or more
            deny spiffe://td/x{a,b} ¦ x{a,b} ¦ alternatives stand for a whole segment ¦ write out the names: `{web-1,web-2}`
            deny spiffe://td/{a,{b,c}} ¦ {a,{b,c}} ¦ alternatives inside alternatives ¦ write all of them in one pair of braces: `{a,b,c}`
            deny spiffe://td/{a,b ¦ {a,b ¦ alternatives that no `}` closes ¦ `{a,b}`, without spaces around it
            deny spiffe://td/{a,,b} ¦ ,, ¦ an empty alternative ¦ ~~
            deny spiffe://td/{a,b,a} ¦ a ¦ the alternative `a` a second time ¦ ~~
            allow workloads where app = "x" and app = "y" ¦ app ¦ the label `app` a second time, and it has one value ¦ ~~
            allow workloads where app ¦ app ¦ expected `=` after `app` ¦ ~~
            allow workload a/b in namespace a ¦ in namespace a ¦ a workload's name holds its namespace ¦ write `workload namespace/name`
            allow prefix "spiffe://td/\\x" ¦ \\x ¦ unknown escape `\\x` ¦ a text has `\\"` and `\\\\`
            allow prefix "" ¦ "" ¦ an empty prefix, which would match every caller ¦ `anyone` says so
            """)
    void saysWhatIsWrongWhereItStands(String text, String underlined, String message, String help) {
        assertThat(errors(text)).singleElement().satisfies(error -> {
            assertThat(underlined(error)).isEqualTo(underlined);
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.help()).isEqualTo(help.isEmpty() ? null : help);
            assertThat(error.id()).isEqualTo(DiagnosticId.RULE_SYNTAX);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            allow spiffe://Td/x ¦ T ¦ a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`
            allow spiffe://td/a#b ¦ # ¦ a path segment holds only `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`
            allow spiffe://td/😀 ¦ 😀 ¦ a path segment holds only `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`
            allow spiffe://td/x/ ¦ / ¦ a SPIFFE ID has no trailing slash
            allow spiffe://td//x ¦ / ¦ a path segment is empty
            allow spiffe://td/../x ¦ .. ¦ a path segment is not `.` or `..`
            allow spiffe:/td/x ¦ spiffe:/t ¦ a SPIFFE ID starts with `spiffe://`
            deny spiffe:///** ¦ spiffe:// ¦ the trust domain is empty
            deny spiffe://td//** ¦ / ¦ a SPIFFE ID has no trailing slash
            allow prefix "http://td/x" ¦ http://td ¦ a SPIFFE ID starts with `spiffe://`
            allow prefix "spiffe:///x" ¦ spiffe:// ¦ the trust domain is empty
            allow prefix "spiffe://TD" ¦ T ¦ a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`
            allow prefix "spiffe://td/ns//" ¦ / ¦ a path segment is empty
            allow prefix "spiffe://td/../" ¦ .. ¦ a path segment is not `.` or `..`
            """)
    void refusesWhatNoSpiffeIdCanMatch(String text, String underlined, String message) {
        assertThat(errors(text)).singleElement().satisfies(error -> {
            assertThat(underlined(error)).isEqualTo(underlined);
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.id()).isEqualTo(DiagnosticId.SPIFFE_ID_INVALID);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://td/",
                "spiffe://td/ns/",
                "spiffe://td/ns/a",
                "spiffe://td/ns/.",
                "spiffe://td/ns/..",
                "spiffe://td",
                "spiffe://",
                "spi"
            })
    void aPrefixMayEndWhereverASpiffeIdCanGoOn(String prefix) {
        assertThat(parse("allow prefix \"" + prefix + "\"").allow()).hasSize(1);
    }

    @Test
    void reportsEveryLineThatIsWrong() {
        assertThat(
                        errors(
                                "alow x\nallow spiffe://td/ok\nallow\r\ndeny spiffe://td/x to get\nallow prefix x y\n\"\nallow /x"))
                .extracting(WritRulesParserTest::underlined)
                .containsExactly("alow", "allow", "get", "x", "\"", "/x");
    }

    private static RuleSyntax parse(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        RuleSyntax rules = WritRulesParser.parse(SourceText.whole(new SourceFile("f", text)), sink)
                .orElseThrow();
        assertThat(sink.sorted()).isEmpty();
        return rules;
    }

    private static List<Diagnostic> errors(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(WritRulesParser.parse(SourceText.whole(new SourceFile("f", text)), sink))
                .isEmpty();
        return sink.sorted();
    }

    private static String underlined(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        assertThat(span).isNotNull();
        return span == null ? "" : span.text();
    }
}
