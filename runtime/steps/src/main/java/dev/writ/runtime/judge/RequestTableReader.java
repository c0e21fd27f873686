package dev.writ.runtime.judge;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import dev.writ.compiler.syntax.YamlReader;
import dev.writ.runtime.judge.RequestTable.Case;
import dev.writ.runtime.judge.RequestTable.Expected;
import dev.writ.runtime.judge.RequestTable.Matched;
import dev.writ.runtime.judge.RequestTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads tables of requests: {@code cases}, {@code requests} alone, or just a list of them. */
public final class RequestTableReader {
    private final AnyConfigReader configs;
    private final DiagnosticSink sink;
    private final RequestReader requests;

    public RequestTableReader(AnyConfigReader configs, DiagnosticSink sink) {
        this.configs = configs;
        this.sink = sink;
        this.requests = new RequestReader(sink);
    }

    public RequestTable read(SourceFile file) {
        List<Case> cases = new ArrayList<>();
        for (YamlNode document : new YamlReader().read(SourceText.whole(file), sink)) {
            switch (document) {
                case Sequence list -> cases.add(new Case(null, List.of(), rows(list)));
                case Mapping mapping -> read(mapping, cases);
                case Scalar scalar ->
                    sink.add(
                            DiagnosticId.SCHEMA_WRONG_TYPE,
                            scalar.span(),
                            "a table of requests is a mapping or a list");
            }
        }
        return new RequestTable(cases);
    }

    private void read(Mapping mapping, List<Case> cases) {
        TableFields fields = new TableFields(mapping, sink);
        YamlNode node = fields.take("cases");
        if (node == null) {
            cases.add(caseOf(fields));
            return;
        }
        if (node instanceof Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof Mapping one) {
                    cases.add(caseOf(new TableFields(one, sink)));
                } else {
                    sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, item.span(), "a case is a mapping");
                }
            }
        } else {
            sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, node.span(), "`cases` is a list");
        }
        fields.pass("description", "source", "title");
        fields.refuseOthers();
    }

    private Case caseOf(TableFields fields) {
        String id = fields.text("id");
        List<AnyConfig> own = new ArrayList<>();
        add(own, fields.take("rbac"), configs::readRbac);
        add(own, fields.take("config"), configs::read);
        switch (fields.take("rbac_chain")) {
            case null -> {}
            case Sequence chain -> chain.items().forEach(filter -> add(own, filter, configs::readRbac));
            case YamlNode other -> sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, other.span(), "`rbac_chain` is a list");
        }
        fields.pass("description", "source", "title", "note", "comment");
        List<Row> rows = List.of();
        switch (fields.take("requests")) {
            case Sequence list -> rows = rows(list);
            case null -> sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, fields.span(), "a case needs `requests`");
            case YamlNode other -> sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, other.span(), "`requests` is a list");
        }
        fields.refuseOthers();
        return new Case(id, own, rows);
    }

    /** A config may be text inside the table: JSON in quotes, a YAML block. */
    private void add(List<AnyConfig> own, @Nullable YamlNode node, Function<YamlNode, AnyConfig> reading) {
        switch (node) {
            case null -> {}
            case Scalar text ->
                new YamlReader().read(text.text(), sink).forEach(inner -> own.add(reading.apply(inner)));
            case Mapping mapping -> own.add(reading.apply(mapping));
            case Sequence list -> own.add(reading.apply(list));
        }
    }

    private List<Row> rows(Sequence list) {
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (!(item instanceof Mapping mapping)) {
                sink.add(DiagnosticId.SCHEMA_WRONG_TYPE, item.span(), "a request is a mapping");
                continue;
            }
            TableFields fields = new TableFields(mapping, sink);
            Expected expected = expected(fields);
            Matched matched = matched(fields);
            Request request = requests.read(fields);
            fields.pass("description", "note", "comment", "id", "name");
            fields.refuseOthers();
            rows.add(new Row(request, expected, matched, mapping.span()));
        }
        return rows;
    }

    private @Nullable Expected expected(TableFields fields) {
        YamlNode node = fields.take("expect");
        if (node == null) {
            return null;
        }
        String text = node instanceof Scalar scalar ? scalar.value().toUpperCase(Locale.ROOT) : "";
        for (Expected expected : Expected.values()) {
            if (expected.name().equals(text)) {
                return expected;
            }
        }
        sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, node.span(), "`expect` is allow, deny, unknown or refused");
        return null;
    }

    private @Nullable Matched matched(TableFields fields) {
        if (!fields.has("matched")) {
            return null;
        }
        String name = fields.text("matched");
        return new Matched(name == null || name.isEmpty() ? null : name);
    }
}
