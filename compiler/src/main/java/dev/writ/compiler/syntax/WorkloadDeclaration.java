package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.LabelEntryContext;
import dev.writ.grammar.WritGrammar.PortEntryContext;
import dev.writ.grammar.WritGrammar.ServiceAccountEntryContext;
import dev.writ.grammar.WritGrammar.WorkloadDeclarationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads Writ's {@code workload}, for meshes without manifests: the Dataplane that Kuma would make of it. One with a namespace has
 * the labels of a pod's: its namespace, its service account ({@code default} if none is named), and that account as its workload.
 */
final class WorkloadDeclaration {
    private static final String SERVICE_ACCOUNT = "k8s.kuma.io/service-account";
    private static final String WORKLOAD = "kuma.io/workload";
    private static final List<String> PROTOCOLS = List.of("tcp", "tls", "http", "http2", "grpc", "kafka");
    private static final int LAST_PORT = 65_535;

    private final WritWords words;
    private final BlockReader blocks;
    private final DiagnosticSink sink;
    private final Map<String, SourceText> labels = new LinkedHashMap<>();
    private final List<DataplaneInbound> inbounds = new ArrayList<>();
    private @Nullable SourceText account;

    WorkloadDeclaration(WritWords words, BlockReader blocks, DiagnosticSink sink) {
        this.words = words;
        this.blocks = blocks;
        this.sink = sink;
    }

    Resource read(WorkloadDeclarationContext workload) {
        SourceText whole = words.name(workload.name());
        blocks.read(
                workload.block(), List.of("label", "service-account", "port"), List.of("label", "port"), this::read);
        int slash = whole.value().indexOf('/');
        SourceText name = whole.slice(slash + 1, whole.value().length());
        if (account != null) {
            labels.putIfAbsent(SERVICE_ACCOUNT, account);
        } else if (slash >= 0) {
            labels.putIfAbsent(SERVICE_ACCOUNT, placed("default", name));
        }
        if (slash >= 0) {
            labels.putIfAbsent(WORKLOAD, account == null ? placed("default", name) : account);
        }
        Located<String> namespace =
                slash < 0 ? null : new Located<>(whole.value().substring(0, slash), whole.span(0, slash));
        Metadata metadata = new Metadata(
                new Located<>(name.value(), name.span()),
                namespace,
                null,
                Metadata.Form.WRIT,
                labels,
                Map.of(),
                List.of(),
                null);
        return new DataplaneResource(metadata, whole.span(), null, inbounds, List.of(), false);
    }

    private static SourceText placed(String value, SourceText place) {
        int[] offsets = new int[value.length() + 1];
        Arrays.fill(offsets, place.span().start());
        return new SourceText(value, place.span(), offsets);
    }

    private boolean read(EntryContext entry) {
        switch (entry) {
            case LabelEntryContext label -> {
                SourceText key = words.name(label.equality().name(0));
                if (labels.putIfAbsent(key.value(), words.name(label.equality().name(1))) != null) {
                    sink.add(DiagnosticId.WRIT_SYNTAX, key.span(), "the label `" + key.value() + "` a second time");
                }
            }
            case ServiceAccountEntryContext of -> account = words.name(of.name());
            case PortEntryContext port -> port(port);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void port(PortEntryContext context) {
        List<TerminalNode> said = context.WORD();
        Located<Integer> port = port(said.getFirst().getSymbol(), words, sink);
        String protocol = said.size() > 1 ? said.get(1).getText() : "tcp";
        if (!PROTOCOLS.contains(protocol)) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(said.get(1).getSymbol()),
                    "unknown protocol `" + protocol + "`",
                    NearName.help(protocol, PROTOCOLS).orElse("one of " + ScalarChecks.list(PROTOCOLS)));
        }
        String name = context.STRING() == null
                ? null
                : words.string(context.STRING().getSymbol()).value();
        if (inbounds.stream().anyMatch(inbound -> inbound.port() == port.value())) {
            sink.add(DiagnosticId.SCHEMA_DUPLICATE, port.span(), "port " + port.value() + " a second time");
        }
        inbounds.add(new DataplaneInbound(name, port.value(), protocol, true, port.span()));
    }

    /** A port number; with a finding, and 0, where it is none. */
    static Located<Integer> port(Token word, WritWords words, DiagnosticSink sink) {
        String text = word.getText();
        int port = text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
        if (port == 0 || port > LAST_PORT) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(word),
                    "`" + text + "` is no port",
                    "a port is a number from 1 to 65535");
        }
        return new Located<>(port, words.span(word));
    }
}
