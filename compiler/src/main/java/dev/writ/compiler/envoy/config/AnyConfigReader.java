package dev.writ.compiler.envoy.config;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlReader;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads Envoy config of whatever kind: a bootstrap, a listener, an RBAC filter with or without its wrapping, the RBAC of a route,
 * bare rules, a matcher, a {@code /config_dump}; text or the bytes of the message. What it is shows in its fields.
 */
public final class AnyConfigReader {
    private final Function<String, Optional<String>> files;

    /** @param files gives the text of a file that a config names, if it is at hand */
    public AnyConfigReader(Function<String, Optional<String>> files) {
        this.files = files;
    }

    /** @param sink gets what is wrong with the text as YAML or JSON */
    public AnyConfig read(SourceFile file, DiagnosticSink sink) {
        List<YamlNode> documents = new YamlReader().read(SourceText.whole(file), sink);
        AssembledConfig assembled = new AssembledConfig(files);
        documents.forEach(assembled::add);
        return assembled.decode();
    }

    /** Reads one tree, of a text that holds other things too. */
    public AnyConfig read(YamlNode node) {
        AssembledConfig assembled = new AssembledConfig(files);
        assembled.add(node);
        return assembled.decode();
    }

    /** Reads what is known to be RBAC: one without fields is {@code rules} without policies. */
    public AnyConfig readRbac(YamlNode node) {
        AssembledConfig assembled = new AssembledConfig(files);
        if (node instanceof Mapping mapping && mapping.entries().isEmpty()) {
            assembled.add(ConfigKind.RULES, RBAC.getDefaultInstance(), "");
        } else {
            assembled.add(node);
        }
        return assembled.decode();
    }

    /** Reads the bytes of a message. Of the kinds that they may be they are the first of which all fields are known. */
    public AnyConfig read(byte[] bytes) {
        AssembledConfig assembled = new AssembledConfig(files);
        for (ConfigKind kind : ConfigKind.values()) {
            try {
                Message message = kind.prototype().getParserForType().parseFrom(bytes);
                Decoding trial = new Decoding();
                trial.requireKnown(message, "");
                trial.requireRules(message, "");
                if (trial.refusals().isEmpty() && !message.equals(kind.prototype())) {
                    assembled.add(kind, message, "");
                    return assembled.decode();
                }
            } catch (InvalidProtocolBufferException ofAnotherKind) {
                // The next one may fit.
            }
        }
        assembled.refuse("not the bytes of a bootstrap, a listener, an RBAC filter or a config dump");
        return assembled.decode();
    }
}
