package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.runtime.testing.feature.ComposedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of workloads and of identities, as the declarations in Writ that their rows stand for. */
public final class DeclaringTable {
    private static final List<String> WORKLOAD = List.of("workload", "service account", "labels", "ports");
    private static final List<String> IDENTITY =
            List.of("identity", "SPIFFE ID", "namespace", "labels", "provider", "expiry");
    private static final Pattern LABEL = Pattern.compile("\\s*([^\\s=,]+)\\s*=\\s*([^\\s=,]*)\\s*(?:,|$)");
    private static final Pattern PORT = Pattern.compile("[^\\s,][^,]*");

    private final List<List<Located<String>>> rows;
    private final DiagnosticSink sink = new DiagnosticSink();

    /** @param rows the header first */
    public DeclaringTable(List<List<Located<String>>> rows) {
        this.rows = rows;
    }

    /** Declares a workload for each row. */
    public void declareWorkloads(Declarations declarations) {
        TableRows table = TableRows.of(rows, List.of("workload"), WORKLOAD, sink);
        List<SourceText> declared = new ArrayList<>();
        for (List<Located<String>> row : table.body()) {
            table.needed(row, "workload", sink).ifPresent(name -> declared.add(workload(name, row, table)));
        }
        declare(declared, declarations);
    }

    /** Declares a MeshIdentity for each row. */
    public void declareIdentities(Declarations declarations) {
        TableRows table = TableRows.of(rows, List.of("identity", "SPIFFE ID"), IDENTITY, sink);
        List<SourceText> declared = new ArrayList<>();
        for (List<Located<String>> row : table.body()) {
            Optional<Located<String>> id = table.needed(row, "SPIFFE ID", sink);
            table.needed(row, "identity", sink)
                    .ifPresent(name -> id.ifPresent(template -> declared.add(identity(name, template, row, table))));
        }
        declare(declared, declarations);
    }

    private void declare(List<SourceText> declared, Declarations declarations) {
        Declarations.refuseErrors(sink.sorted());
        declarations.policy(declared);
    }

    private SourceText workload(Located<String> name, List<Located<String>> row, TableRows table) {
        ComposedText writ = new ComposedText(name.span());
        writ.words("workload ", name.span()).quoted(TableRows.text(name)).words(" {\n", name.span());
        table.cell(row, "service account")
                .map(TableRows::text)
                .ifPresent(account -> writ.words("service-account ", account.span())
                        .quoted(account)
                        .words("\n", account.span()));
        table.cell(row, "labels").map(TableRows::text).ifPresent(cell -> {
            for (Label label : labels(cell)) {
                label.add("label ", writ).words("\n", label.value().span());
            }
        });
        table.cell(row, "ports").map(TableRows::text).ifPresent(cell -> {
            Matcher port = PORT.matcher(cell.value());
            while (port.find()) {
                SourceText words = cell.slice(port.start(), port.end());
                writ.words("port ", words.span()).verbatim(words).words("\n", words.span());
            }
        });
        return writ.words("}\n", name.span()).toSourceText();
    }

    private SourceText identity(
            Located<String> name, Located<String> template, List<Located<String>> row, TableRows table) {
        ComposedText writ = new ComposedText(name.span());
        writ.words("identity ", name.span()).quoted(TableRows.text(name)).words(" on workloads", name.span());
        table.cell(row, "namespace")
                .map(TableRows::text)
                .ifPresent(namespace ->
                        writ.words(" in namespace ", namespace.span()).quoted(namespace));
        table.cell(row, "labels").map(TableRows::text).ifPresent(cell -> {
            String before = " where ";
            for (Label label : labels(cell)) {
                label.add(before, writ);
                before = " and ";
            }
        });
        SourceText id = TableRows.text(template);
        writ.words(" {\nid ", id.span()).quoted(id).words("\nissue ", id.span());
        provider(row, name, table, writ);
        return writ.words("\n}\n", name.span()).toSourceText();
    }

    private void provider(List<Located<String>> row, Located<String> name, TableRows table, ComposedText writ) {
        Located<String> provider = table.cell(row, "provider").orElse(new Located<>("bundled", name.span()));
        Optional<SourceText> expiry = table.cell(row, "expiry").map(TableRows::text);
        switch (provider.value()) {
            case "bundled" -> {
                writ.words("bundled {\nautogenerate\nself-signed\n", provider.span());
                expiry.ifPresent(time ->
                        writ.words("expiry ", time.span()).verbatim(time).words("\n", time.span()));
                writ.words("}", provider.span());
            }
            case "spire" -> {
                writ.words("spire", provider.span());
                expiry.ifPresent(time -> sink.add(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        time.span(),
                        "an expiry, which SPIRE itself decides",
                        "leave the cell empty"));
            }
            default ->
                sink.add(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        provider.span(),
                        "there is no provider `" + provider.value() + "`",
                        "the providers are bundled, with a CA of its own, and spire");
        }
    }

    private record Label(SourceText key, SourceText value) {
        ComposedText add(String before, ComposedText writ) {
            return writ.words(before, key.span())
                    .quoted(key)
                    .words(" = ", key.span())
                    .quoted(value);
        }
    }

    /** {@code app=kv, team=payments}. */
    private List<Label> labels(SourceText cell) {
        List<Label> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(cell.value());
        int at = 0;
        while (label.find() && label.start() == at) {
            labels.add(new Label(cell.slice(label.start(1), label.end(1)), cell.slice(label.start(2), label.end(2))));
            at = label.end();
        }
        if (at < cell.value().length()) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    cell.span(at, cell.value().length()),
                    "these are no labels",
                    "labels are `name=value`, with commas between them");
        }
        return labels;
    }
}
