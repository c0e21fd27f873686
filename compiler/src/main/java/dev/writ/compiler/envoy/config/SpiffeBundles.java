package dev.writ.compiler.envoy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the names in a map of SPIFFE bundles ({@code {"trust_domains": {NAME: {"keys": …}}}}). */
final class SpiffeBundles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpiffeBundles() {}

    /** Empty if they are in a file, or no JSON. */
    static Optional<List<String>> trustDomains(DataSource source) {
        try {
            JsonNode root = JSON.readTree(
                    source.hasInlineBytes() ? source.getInlineBytes().toStringUtf8() : source.getInlineString());
            List<String> names = new ArrayList<>();
            root.path("trust_domains").fieldNames().forEachRemaining(names::add);
            return names.isEmpty() ? Optional.empty() : Optional.of(names);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
