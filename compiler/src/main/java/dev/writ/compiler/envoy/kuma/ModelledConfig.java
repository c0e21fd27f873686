package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.writ.compiler.envoy.GeneratedText;
import dev.writ.compiler.envoy.MessageText;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;

/**
 * The part of messages that Writ predicts, as trees: a listener's chains with what they match, their whole transport socket and
 * their RBAC, a cluster's transport socket, a secret's certificates. All else is another policy's or another generator's.
 */
final class ModelledConfig {
    /** What stands for something that a control plane generates. */
    static final String GENERATED = "generated";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelledConfig() {}

    static ArrayNode chains(Listener listener) {
        ArrayNode chains = JSON.createArrayNode();
        for (FilterChain chain : listener.getFilterChainsList()) {
            ObjectNode tree = chains.addObject();
            tree.set("match", tree(chain.getFilterChainMatch()));
            if (chain.hasTransportSocket()) {
                tree.set("transportSocket", tree(chain.getTransportSocket()));
            }
            ArrayNode rbac = tree.putArray("rbac");
            for (Filter filter : chain.getFiltersList()) {
                addRbac(filter.getTypedConfig(), rbac);
            }
        }
        return chains;
    }

    /** Which connections each chain takes, and whether it ends their TLS. */
    static ArrayNode outlines(Listener listener) {
        ArrayNode outlines = JSON.createArrayNode();
        for (FilterChain chain : listener.getFilterChainsList()) {
            outlines.addObject()
                    .put("tls", chain.hasTransportSocket())
                    .set("connections", tree(chain.getFilterChainMatch()));
        }
        return outlines;
    }

    private static void addRbac(Any filter, ArrayNode rbac) {
        if (isRbac(filter)) {
            rbac.add(tree(filter));
        } else if (filter.is(HttpConnectionManager.class)) {
            for (HttpFilter http : unpack(filter, HttpConnectionManager.class).getHttpFiltersList()) {
                if (isRbac(http.getTypedConfig())) {
                    rbac.add(tree(http.getTypedConfig()));
                }
            }
        }
    }

    private static boolean isRbac(Any filter) {
        return filter.is(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.class)
                || filter.is(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.class);
    }

    /** Empty for plaintext. */
    static ObjectNode transport(Cluster cluster) {
        ObjectNode tree = JSON.createObjectNode();
        if (cluster.hasTransportSocket()) {
            tree.set("transportSocket", tree(cluster.getTransportSocket()));
        }
        ArrayNode matches = JSON.createArrayNode();
        cluster.getTransportSocketMatchesList().forEach(match -> matches.add(tree(match)));
        if (!matches.isEmpty()) {
            tree.set("transportSocketMatches", matches);
        }
        return tree;
    }

    static ObjectNode certificates(Secret secret) {
        ObjectNode tree = JSON.createObjectNode();
        if (secret.hasTlsCertificate()) {
            tree.set("certificateChain", text(secret.getTlsCertificate().getCertificateChain()));
        }
        if (secret.getValidationContext().hasTrustedCa()) {
            tree.set("trustedCa", text(secret.getValidationContext().getTrustedCa()));
        }
        Any validator = secret.getValidationContext().getCustomValidatorConfig().getTypedConfig();
        if (validator.is(SPIFFECertValidatorConfig.class)) {
            ArrayNode domains = tree.putArray("trustDomains");
            for (SPIFFECertValidatorConfig.TrustDomain domain :
                    unpack(validator, SPIFFECertValidatorConfig.class).getTrustDomainsList()) {
                ObjectNode entry = domains.addObject();
                entry.put("name", domain.getName());
                entry.set("trustBundle", text(domain.getTrustBundle()));
            }
        }
        return tree;
    }

    private static JsonNode text(DataSource source) {
        if (GeneratedText.isIn(source)) {
            return JSON.createObjectNode().put(GENERATED, source.getInlineString());
        }
        String text = source.hasInlineBytes() ? source.getInlineBytes().toStringUtf8() : source.getInlineString();
        return JSON.getNodeFactory().textNode(text.strip());
    }

    private static JsonNode tree(Message message) {
        return MessageText.tree(message);
    }

    private static <M extends Message> M unpack(Any any, Class<M> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
