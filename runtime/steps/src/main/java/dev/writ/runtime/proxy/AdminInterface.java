package dev.writ.runtime.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Envoy's admin interface, as far as it is asked. */
final class AdminInterface {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 5_000;

    private final String address;

    /** @param address {@code host:port}, as Envoy writes it to {@code --admin-address-path} */
    AdminInterface(String address) {
        this.address = address;
    }

    /** Whether Envoy's server is live: all secrets loaded, all listeners warm. */
    boolean isReady() throws IOException {
        HttpURLConnection connection = open("/ready");
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }

    /** The ports that listeners were given, by the listeners' names. */
    Map<String, Integer> listenerPorts() throws IOException {
        HttpURLConnection connection = open("/listeners?format=json");
        try (InputStream in = connection.getInputStream()) {
            Map<String, Integer> ports = new HashMap<>();
            for (JsonNode listener : JSON.readTree(in).path("listener_statuses")) {
                int port = listener.path("local_address")
                        .path("socket_address")
                        .path("port_value")
                        .asInt();
                ports.put(listener.path("name").asText(), port);
            }
            return ports;
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        // Straight to the loopback: a proxy of the user's environment has no part in it.
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + address + path).toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }
}
