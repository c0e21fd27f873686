package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.ProviderSyntax.UserCa;
import dev.writ.grammar.WritGrammar.AutogenerateEntryContext;
import dev.writ.grammar.WritGrammar.BundledProviderContext;
import dev.writ.grammar.WritGrammar.CertificateEntryContext;
import dev.writ.grammar.WritGrammar.DataContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.ExpiryEntryContext;
import dev.writ.grammar.WritGrammar.ExtensionProviderContext;
import dev.writ.grammar.WritGrammar.IssueEntryContext;
import dev.writ.grammar.WritGrammar.KeyEntryContext;
import dev.writ.grammar.WritGrammar.NoTrustEntryContext;
import dev.writ.grammar.WritGrammar.SelfSignedEntryContext;
import dev.writ.grammar.WritGrammar.SpireProviderContext;
import dev.writ.grammar.WritGrammar.TimeoutEntryContext;
import java.time.Duration;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads who issues an identity: all that a MeshIdentity's {@code provider} says. */
final class ProviderEntries {
    private static final List<String> BUNDLED =
            List.of("autogenerate", "self-signed", "expiry", "no-trust", "certificate", "key");

    private final WritWords words;
    private final BlockReader blocks;
    private final DiagnosticSink sink;
    private boolean isGenerated;
    private boolean isSelfSigned;
    private boolean createsTrust = true;
    private @Nullable Located<Duration> expiry;
    private @Nullable DataSource certificate;
    private @Nullable DataSource key;
    private Duration timeout = Duration.ofSeconds(1);

    ProviderEntries(WritWords words, BlockReader blocks, DiagnosticSink sink) {
        this.words = words;
        this.blocks = blocks;
        this.sink = sink;
    }

    ProviderSyntax read(IssueEntryContext issue) {
        return switch (issue.provider()) {
            case BundledProviderContext bundled -> bundled(bundled);
            case SpireProviderContext spire -> {
                blocks.read(spire.block(), List.of("timeout"), List.of(), this::read);
                yield new ProviderSyntax.Spire(timeout, words.span(spire));
            }
            case ExtensionProviderContext extension -> {
                Located<String> name = null;
                if (extension.STRING() != null) {
                    SourceText text = words.string(extension.STRING().getSymbol());
                    name = new Located<>(text.value(), text.span());
                }
                yield new ProviderSyntax.Extension(name, words.span(extension));
            }
            default ->
                throw new IllegalStateException("an alternative of the grammar is not handled: " + issue.provider());
        };
    }

    private ProviderSyntax bundled(BundledProviderContext bundled) {
        blocks.read(bundled.block(), BUNDLED, List.of(), this::read);
        DataSource ofCa = certificate;
        DataSource ofKey = key;
        boolean isOwn = ofCa != null || ofKey != null;
        if (isOwn && isGenerated) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(bundled.getStart()),
                    "a CA of one's own does not go with `autogenerate`",
                    "take one of the two out");
        } else if (isOwn && (ofCa == null || ofKey == null)) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    words.span(bundled.getStart()),
                    "a CA of one's own has both `certificate` and `key`");
        } else if (!isOwn && !isGenerated && blocks.isWhole(bundled.block())) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    words.span(bundled.getStart()),
                    "a provider without a CA",
                    "let Kuma make one, `autogenerate`, or give one, `certificate` and `key`");
        }
        UserCa ca = ofCa == null || ofKey == null ? null : new UserCa(ofCa, ofKey, words.span(bundled));
        return new ProviderSyntax.Bundled(createsTrust, isSelfSigned, isGenerated, ca, expiry, words.span(bundled));
    }

    private boolean read(EntryContext entry) {
        switch (entry) {
            case AutogenerateEntryContext autogenerate -> isGenerated = true;
            case SelfSignedEntryContext selfSigned -> isSelfSigned = true;
            case NoTrustEntryContext noTrust -> createsTrust = false;
            case ExpiryEntryContext lifetime -> {
                Token word = lifetime.WORD().getSymbol();
                expiry = new Located<>(duration(word), words.span(word));
            }
            case TimeoutEntryContext agent -> timeout = duration(agent.WORD().getSymbol());
            case CertificateEntryContext ofCa -> certificate = source(ofCa.data());
            case KeyEntryContext ofCa -> key = source(ofCa.data());
            default -> {
                return false;
            }
        }
        return true;
    }

    private Duration duration(Token word) {
        Duration duration = GoDuration.parse(word.getText()).orElse(Duration.ZERO);
        if (duration.isNegative() || duration.isZero()) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    words.span(word),
                    "`" + word.getText() + "` is no duration above zero",
                    "for example `24h` or `1h30m`");
        }
        return duration;
    }

    private DataSource source(DataContext data) {
        if (data.TEXT() != null) {
            return new DataSource.Inline(words.block(data.TEXT().getSymbol()), words.span(data));
        }
        SourceText text = words.string(data.STRING().getSymbol());
        if (text.value().isEmpty()) {
            sink.add(DiagnosticId.SCHEMA_INVALID_VALUE, words.span(data), "an empty name");
        }
        if (data.FILE() != null) {
            return new DataSource.File(text, words.span(data));
        }
        return data.SECRET() != null
                ? new DataSource.Secret(text, words.span(data))
                : new DataSource.EnvVar(text, words.span(data));
    }
}
