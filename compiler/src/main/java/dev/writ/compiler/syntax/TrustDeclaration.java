package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.grammar.WritGrammar.BundleEntryContext;
import dev.writ.grammar.WritGrammar.DataContext;
import dev.writ.grammar.WritGrammar.DomainEntryContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.TrustDeclarationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Writ's {@code trust}: a trust domain whose callers are admitted, and the CAs that vouch for them. */
final class TrustDeclaration {
    /** Kuma's MeshTrust; SPIFFE allows two more. */
    private static final int LONGEST = 253;

    private final WritWords words;
    private final BlockReader blocks;
    private final DiagnosticSink sink;
    private final List<SourceText> bundles = new ArrayList<>();
    private boolean hasBundle;
    private @Nullable SourceText domain;

    TrustDeclaration(WritWords words, BlockReader blocks, DiagnosticSink sink) {
        this.words = words;
        this.blocks = blocks;
        this.sink = sink;
    }

    @Nullable
    Resource read(TrustDeclarationContext trust) {
        Located<String> name = words.located(trust.name());
        blocks.read(trust.block(), List.of("domain", "bundle"), List.of("bundle"), this::read);
        boolean isWhole = blocks.isWhole(trust.block());
        if (domain == null && isWhole) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name.span(),
                    "a trust without its trust domain",
                    "for example `domain \"partner.example\"`");
        }
        if (!hasBundle && isWhole) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name.span(),
                    "a trust without a CA",
                    "`bundle file \"ca.pem\"`, or the PEM text itself in triple quotes");
        }
        return domain == null
                ? null
                : new MeshTrustResource(WritDeclarations.metadata(name), name.span(), domain, bundles, null);
    }

    private boolean read(EntryContext entry) {
        switch (entry) {
            case DomainEntryContext of ->
                domain = domain(words.string(of.STRING().getSymbol()));
            case BundleEntryContext bundle -> {
                hasBundle = true;
                bundle(bundle.data()).ifPresent(bundles::add);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private SourceText domain(SourceText name) {
        int scheme = SpiffeId.SCHEME.length();
        if (name.value().startsWith(SpiffeId.SCHEME)) {
            sink.add(DiagnosticId.SPIFFE_ID_INVALID, name.span(0, scheme), "a trust domain stands without `spiffe://`");
        } else if (name.value().length() > LONGEST || name.value().indexOf('/') >= 0) {
            sink.add(
                    DiagnosticId.SPIFFE_ID_INVALID,
                    name.span(),
                    "a trust domain holds only `a-z`, `0-9`, `.`, `_` and `-`, at most " + LONGEST + " of them");
        } else {
            SpiffeId.fault(SpiffeId.SCHEME + name.value())
                    .ifPresent(fault -> sink.add(
                            DiagnosticId.SPIFFE_ID_INVALID,
                            fault.start() < scheme
                                    ? name.span()
                                    : name.span(fault.start() - scheme, fault.end() - scheme),
                            fault.message()));
        }
        return name;
    }

    private Optional<SourceText> bundle(DataContext data) {
        SourceText named = data.TEXT() == null ? words.string(data.STRING().getSymbol()) : null;
        if (named != null && data.FILE() == null) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(data),
                    "a CA bundle is a `file`, or a text in triple quotes",
                    "keys are secret, CA certificates are not");
            return Optional.empty();
        }
        Optional<SourceText> pem =
                named == null ? Optional.of(words.block(data.TEXT().getSymbol())) : new NeighbourFile(sink).read(named);
        if (pem.isPresent() && !Pem.isPublic(pem.get().value())) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(data),
                    "no certificate in PEM form",
                    "it is the text from `-----BEGIN CERTIFICATE-----` to `-----END CERTIFICATE-----`");
            return Optional.empty();
        }
        return pem;
    }
}
