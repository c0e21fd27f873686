package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MtlsSyntax.Backend;
import dev.writ.compiler.syntax.ProviderSyntax.UserCa;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code mtls} of a Mesh, and refuses what Kuma refuses ({@code core/resources/apis/mesh/mesh_validator.go} of 2.14):
 * a backend named twice, an enabled backend that is not there, a lifetime that is none.
 */
final class MtlsReader {
    /** {@code builtin} and {@code provided} are Kuma's, the others Kong Mesh's. */
    private static final List<String> TYPES = List.of("builtin", "provided", "vault", "acmpca", "certmanager");

    private MtlsReader() {}

    static @Nullable MtlsSyntax read(Fields mtls) {
        if (!mtls.isPresent()) {
            return null;
        }
        Located<String> enabled = mtls.name("enabledBackend");
        Map<String, Backend> backends = new LinkedHashMap<>();
        for (Fields fields : mtls.mappings("backends")) {
            Backend backend = backend(fields);
            if (backend != null && backends.putIfAbsent(backend.name().value(), backend) != null) {
                String message = "there is another backend `" + backend.name().value() + "`";
                fields.refuse(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        "name",
                        backend.name().span(),
                        message,
                        null);
            }
        }
        if (enabled != null
                && !enabled.value().isEmpty()
                && !backends.containsKey(enabled.value())
                && mtls.items("backends").size() == backends.size()) {
            mtls.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "enabledBackend",
                    enabled.span(),
                    "there is no backend `" + enabled.value() + "`",
                    NearName.help(enabled.value(), backends.keySet())
                            .orElse("`backends` lists them, each with a `name`"));
        }
        mtls.pass("skipValidation");
        mtls.refuseOthers();
        return new MtlsSyntax(enabled, List.copyOf(backends.values()), mtls.span());
    }

    private static @Nullable Backend backend(Fields fields) {
        fields.require("name");
        fields.require("type");
        Located<String> name = fields.name("name");
        Located<String> type = fields.oneOf("type", TYPES);
        Located<String> mode = fields.oneOf("mode", List.of("STRICT", "PERMISSIVE"));
        Fields certificate = fields.mapping("dpCert");
        Fields rotation = certificate.mapping("rotation");
        Duration expiration = KumaDuration.read(rotation, "expiration");
        rotation.refuseOthers();
        certificate.pass("requestTimeout");
        certificate.refuseOthers();
        Fields conf = fields.mapping("conf");
        Integer bits = null;
        Duration caExpiration = null;
        UserCa ca = null;
        if (type != null && type.value().equals("builtin")) {
            Fields caCert = conf.mapping("caCert");
            bits = caCert.whole(caCert.any("RSAbits") == null ? "rsaBits" : "RSAbits");
            caExpiration = KumaDuration.read(caCert, "expiration");
            caCert.pass("RSAbits", "rsaBits");
            caCert.refuseOthers();
            conf.refuseOthers();
        } else if (type != null && type.value().equals("provided")) {
            fields.require("conf");
            ca = provided(conf);
            conf.refuseOthers();
        }
        fields.pass("rootChain");
        fields.refuseOthers();
        boolean permissive = mode != null && mode.value().equals("PERMISSIVE");
        return name == null || type == null
                ? null
                : new Backend(name, type, permissive, expiration, bits, caExpiration, ca, fields.span());
    }

    private static @Nullable UserCa provided(Fields conf) {
        DataSource certificate = source(conf, "cert");
        DataSource key = source(conf, "key");
        return certificate == null || key == null ? null : new UserCa(certificate, key, conf.span());
    }

    /** A {@code DataSource} of {@code datasource.proto}: one of four fields, {@code inline} in Base64. */
    private static @Nullable DataSource source(Fields conf, String name) {
        Fields fields = conf.requiredMapping(name);
        SourceText secret = fields.text("secret");
        SourceText file = fields.text("file");
        SourceText inline = fields.text("inline");
        SourceText inlineString = fields.text("inlineString");
        fields.refuseOthers();
        if (secret != null) {
            return new DataSource.Secret(secret, secret.span());
        }
        if (file != null) {
            return new DataSource.File(file, file.span());
        }
        if (inlineString != null) {
            return new DataSource.Inline(inlineString, inlineString.span());
        }
        if (inline != null) {
            SourceText decoded = Base64Text.decode(inline);
            return new DataSource.Inline(Objects.requireNonNullElse(decoded, inline), inline.span());
        }
        if (fields.isPresent() && !fields.hasOthers()) {
            fields.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    fields.span(),
                    "a data source without data",
                    "give one of `secret`, `file`, `inline` and `inlineString`");
        }
        return null;
    }
}
