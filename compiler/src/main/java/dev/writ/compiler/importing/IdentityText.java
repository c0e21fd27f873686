package dev.writ.compiler.importing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.ProviderSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A MeshIdentity as a declaration. A private key is not written down a second time. */
final class IdentityText {
    private final DiagnosticSink sink;

    IdentityText(DiagnosticSink sink) {
        this.sink = sink;
    }

    Optional<String> of(MeshIdentity identity) {
        Map<String, SourceText> matchLabels = identity.resource().matchLabels();
        if (matchLabels == null) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    identity.span(),
                    "a MeshIdentity without a selector, which selects nobody: `.writ` has no word for it",
                    "take it out, or say whom it selects; `matchLabels: {}` selects all");
            return Optional.empty();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        matchLabels.forEach((key, value) -> labels.put(key, value.value()));
        String head = "identity " + WritWriter.name(identity.name())
                + (labels.isEmpty() ? "" : " on " + Objects.requireNonNull(Selections.of(labels, null)));
        List<String> entries = new ArrayList<>();
        entries.add("id "
                + WritWriter.template(SpiffeId.SCHEME
                        + identity.trustDomainTemplate().text().value()
                        + identity.pathTemplate().text().value()));
        ProviderSyntax provider = identity.resource().provider();
        if (provider != null) {
            entries.add("issue " + provider(provider));
        }
        return Optional.of(WritWriter.block(head, entries));
    }

    private String provider(ProviderSyntax provider) {
        return switch (provider) {
            case ProviderSyntax.Bundled bundled -> "bundled" + inner(bundled(bundled));
            case ProviderSyntax.Spire spire -> "spire" + inner(List.of("timeout " + duration(spire.agentTimeout())));
            case ProviderSyntax.Extension extension ->
                "extension"
                        + (extension.type() == null
                                ? ""
                                : " " + WritWriter.text(extension.type().value()));
        };
    }

    private static String inner(List<String> entries) {
        return " {\n    " + String.join("\n    ", entries) + "\n  }";
    }

    private List<String> bundled(ProviderSyntax.Bundled bundled) {
        List<String> entries = new ArrayList<>();
        if (bundled.autogenerate()) {
            entries.add("autogenerate");
        }
        if (bundled.insecureAllowSelfSigned()) {
            entries.add("self-signed");
        }
        if (!bundled.meshTrustCreation()) {
            entries.add("no-trust");
        }
        if (bundled.expiry() != null) {
            entries.add("expiry " + duration(bundled.expiry().value()));
        }
        if (bundled.ca() != null) {
            entries.add("certificate " + source(bundled.ca().certificate()));
            entries.add("key " + key(bundled.ca().privateKey()));
        } else if (!bundled.autogenerate()) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    bundled.span(),
                    "a provider without a CA, which issues nothing: `.writ` has no word for it",
                    "let Kuma make a CA (`autogenerate`), or name one");
        }
        return entries;
    }

    private String key(DataSource source) {
        if (source instanceof DataSource.Inline inline) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    inline.span(),
                    "a private key in the resource itself, which is not written down a second time",
                    "name a `Secret`, a `File` or an `EnvVar` that holds it");
            return "";
        }
        return source(source);
    }

    private static String source(DataSource source) {
        String text = source.text().value();
        return switch (source) {
            case DataSource.File file -> "file " + WritWriter.text(text);
            case DataSource.Secret secret -> "secret " + WritWriter.text(text);
            case DataSource.EnvVar variable -> "env " + WritWriter.text(text);
            case DataSource.Inline inline -> WritWriter.lines(text, "      ");
        };
    }

    /** In the largest unit that leaves no fraction. */
    private static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return duration.toHours() + "h";
        }
        if (millis % 60_000 == 0) {
            return duration.toMinutes() + "m";
        }
        return millis % 1_000 == 0 ? duration.toSeconds() + "s" : millis + "ms";
    }
}
