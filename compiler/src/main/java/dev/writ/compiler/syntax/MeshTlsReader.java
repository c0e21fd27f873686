package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.TlsSettings;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code MeshTLS}, and refuses what Kuma refuses ({@code meshtls/api/v1alpha1/validator.go}): among others versions
 * and ciphers for less than the whole mesh.
 */
final class MeshTlsReader {
    private static final List<String> VERSIONS = List.of("TLSAuto", "TLS10", "TLS11", "TLS12", "TLS13");
    private static final List<String> CIPHERS = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-CHACHA20-POLY1305");

    private MeshTlsReader() {}

    static Resource read(Document document) {
        Fields spec = document.requiredSpec();
        List<Fields> rules = spec.mappings("rules");
        List<Fields> from = spec.mappings("from");
        TargetRef target =
                TargetRefReader.read(spec, TargetRefReader.Place.TOP_OF_TLS, !rules.isEmpty() || !from.isEmpty());
        boolean wholeMesh = target instanceof TargetRef.WholeMesh;
        if (!rules.isEmpty() && !from.isEmpty()) {
            spec.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    spec.keySpan("from"),
                    "`from` does not go with `rules`",
                    "take `from` out: newer versions of Kuma know only `rules`");
        }
        List<TlsSettings> settings = new ArrayList<>();
        for (Fields entry : rules) {
            settings.add(settings(entry, false, wholeMesh));
        }
        for (Fields entry : from) {
            entry.require("targetRef");
            TargetRefReader.read(entry, TargetRefReader.Place.FROM_OF_TLS, true);
            settings.add(settings(entry, true, wholeMesh));
        }
        spec.refuseOthers();
        return new MeshTlsResource(
                document.metadata(), document.metadata().name().span(), target, settings);
    }

    private static TlsSettings settings(Fields entry, boolean ofFrom, boolean wholeMesh) {
        Fields conf = entry.mapping("default");
        Located<String> mode = conf.oneOf("mode", List.of("Strict", "Permissive"));
        Fields version = conf.mapping("tlsVersion");
        Located<String> min = null;
        Located<String> max = null;
        List<Located<String>> ciphers = null;
        if (wholeMesh) {
            min = version.oneOf("min", VERSIONS);
            max = version.oneOf("max", VERSIONS);
            version.refuseOthers();
            refuseBackwards(version, min, max);
            ciphers = ciphers(conf);
        } else {
            refuseOfPart(conf, "tlsVersion");
            refuseOfPart(conf, "tlsCiphers");
        }
        conf.refuseOthers();
        entry.refuseOthers();
        return new TlsSettings(mode, min, max, ciphers, ofFrom, entry.span());
    }

    private static void refuseBackwards(Fields version, @Nullable Located<String> min, @Nullable Located<String> max) {
        // The first of the versions leaves it to Envoy, and goes with any.
        if (min != null
                && max != null
                && VERSIONS.indexOf(max.value()) > 0
                && VERSIONS.indexOf(min.value()) > VERSIONS.indexOf(max.value())) {
            version.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "min",
                    min.span(),
                    "`" + min.value() + "` is above `max`, which is `" + max.value() + "`",
                    null);
        }
    }

    private static void refuseOfPart(Fields conf, String name) {
        if (conf.any(name) != null) {
            conf.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    name,
                    conf.keySpan(name),
                    "`" + name + "` is for the whole mesh",
                    "it goes only with `targetRef.kind: Mesh`, since clients and servers must agree");
        }
    }

    private static @Nullable List<Located<String>> ciphers(Fields conf) {
        if (conf.any("tlsCiphers") == null) {
            return null;
        }
        List<Located<String>> ciphers = new ArrayList<>();
        FieldPath path = conf.path().field("tlsCiphers");
        for (YamlNode item : conf.items("tlsCiphers")) {
            if (item instanceof Scalar scalar) {
                SourceText text = scalar.text();
                // Kuma speaks of the list as a whole.
                Located<String> cipher = ScalarChecks.oneOf(text, CIPHERS, path, conf.sink());
                if (cipher != null) {
                    ciphers.add(cipher);
                }
            } else {
                ScalarChecks.wrongType(item, path, "the name of a cipher", conf.sink());
            }
        }
        return ciphers;
    }
}
