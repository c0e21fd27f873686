package dev.writ.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comments of a pull request as GitHub serves them, a hundred to a page, and the requests that were made. */
final class CommentServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;

    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final ArrayNode comments = JSON.createArrayNode();
    private final boolean mayWrite;

    /** @param others comments that are there already */
    CommentServer(int others, boolean mayWrite) throws IOException {
        this.mayWrite = mayWrite;
        for (int i = 0; i < others; i++) {
            add("comment " + i + " of somebody who quotes <!-- writ: policy -->");
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/repos/team/mesh/issues/", this::answer);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Method, path and authorization of each. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The texts of those that came after the first ones. */
    synchronized List<String> bodies(int others) {
        List<String> bodies = new ArrayList<>();
        comments.forEach(comment -> bodies.add(comment.get("body").asText()));
        return bodies.subList(others, bodies.size());
    }

    private synchronized ObjectNode add(String body) {
        return comments.addObject().put("id", comments.size()).put("body", body);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String method = exchange.getRequestMethod().toUpperCase(Locale.ROOT);
        requests.add(method + " " + path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] sent = exchange.getRequestBody().readAllBytes();
        int status = 200;
        JsonNode answer = JSON.createObjectNode();
        if (method.equals("GET")) {
            int page = Integer.parseInt(path.replaceFirst(".*&page=", ""));
            ArrayNode some = JSON.createArrayNode();
            for (int i = (page - 1) * PAGE; i < Math.min(page * PAGE, comments.size()); i++) {
                some.add(comments.get(i));
            }
            answer = some;
        } else if (!mayWrite) {
            status = 403;
        } else if (method.equals("POST")) {
            status = 201;
            answer = add(JSON.readTree(sent).get("body").asText());
        } else {
            int id = Integer.parseInt(path.replaceFirst(".*/comments/", ""));
            ((ObjectNode) comments.get(id - 1)).set("body", JSON.readTree(sent).get("body"));
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
