package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Says what one side of a {@link KumaSnapshotDifference} has, in the words of a policy where there are any. */
public final class ConfigWords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigWords() {}

    /** @param json as the difference has it */
    public static String of(String json) {
        if (json.isEmpty()) {
            return "nothing";
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return json;
        }
        String words = tree.isTextual() ? SecretWords.ofText(tree.textValue()) : ofTree(tree);
        return words.isEmpty() ? json : words;
    }

    private static String ofTree(JsonNode tree) {
        if (tree.isArray() && tree.path(0).has("connections")) {
            return chains(tree);
        }
        if (tree.has("trustBundle") || tree.has(ModelledConfig.GENERATED)) {
            return SecretWords.of(tree);
        }
        return tree.has("typedConfig")
                ? tls(tree.path("typedConfig"))
                : RuleWords.of(tree).text();
    }

    private static String chains(JsonNode outlines) {
        List<String> chains = new ArrayList<>();
        for (JsonNode outline : outlines) {
            chains.add(connections(outline.path("connections"))
                    + (outline.path("tls").asBoolean() ? ": mTLS" : ": passed on as plain bytes"));
        }
        return String.join("; ", chains);
    }

    private static String connections(JsonNode match) {
        if (match.isEmpty()) {
            return "every connection";
        }
        String protocol = match.path("transportProtocol").asText();
        JsonNode alpn = match.path("applicationProtocols");
        int known = (protocol.isEmpty() ? 0 : 1) + (alpn.isMissingNode() ? 0 : 1);
        if (match.size() != known) {
            return "connections " + match;
        }
        String what = protocol.equals("raw_buffer") ? "plaintext" : protocol.equals("tls") ? "TLS" : "connections";
        return alpn.isEmpty() ? what : what + " with ALPN `" + alpn.path(0).asText() + "`";
    }

    /** A whole TLS context; empty if it is none. */
    private static String tls(JsonNode context) {
        JsonNode common = context.path("commonTlsContext");
        if (common.isMissingNode()) {
            return "";
        }
        JsonNode validation = common.path("combinedValidationContext");
        String words = "mTLS by "
                + SecretWords.ofText(
                        common.at("/tlsCertificateSdsSecretConfigs/0/name").asText())
                + ", trusting "
                + SecretWords.ofText(
                        validation.at("/validationContextSdsSecretConfig/name").asText());
        String sans = RuleWords.of(validation.at("/defaultValidationContext/matchTypedSubjectAltNames"))
                .text();
        String sni = context.path("sni").asText();
        return words + (sans.isEmpty() ? "" : ", with " + sans) + (sni.isEmpty() ? "" : ", SNI \"" + sni + '"');
    }
}
