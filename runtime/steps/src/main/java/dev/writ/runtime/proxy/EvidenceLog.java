package dev.writ.runtime.proxy;

import dev.writ.runtime.proxy.Evidence.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sorts the lines of the access log to the calls that wait for them. */
final class EvidenceLog {
    private final ConcurrentHashMap<Connection, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable Supplier<EnvoyFailure> ended;

    private record Waiting(List<Evidence> lines, CompletableFuture<List<Evidence>> all) {}

    /** All lines about a connection, once it has ended. To be asked for before its first byte is sent. */
    CompletableFuture<List<Evidence>> expect(Connection connection) {
        Waiting added = new Waiting(new ArrayList<>(), new CompletableFuture<>());
        waiting.put(connection, added);
        Supplier<EnvoyFailure> failure = ended;
        if (failure != null) {
            added.all().completeExceptionally(failure.get());
        }
        return added.all();
    }

    /** Takes a line; Envoy's lines come from one thread, in their order, a connection's own line after its requests'. */
    void accept(String line) {
        Evidence evidence = Evidence.of(line);
        if (evidence == null) {
            return;
        }
        Waiting call = waiting.get(evidence.connection());
        if (call != null) {
            call.lines().add(evidence);
            if (evidence.kind().equals(AccessLogFormat.CONNECTION)) {
                waiting.remove(evidence.connection());
                call.all().complete(List.copyOf(call.lines()));
            }
        }
    }

    /** There will be no more lines. */
    void end(Supplier<EnvoyFailure> failure) {
        ended = failure;
        waiting.values().forEach(call -> call.all().completeExceptionally(failure.get()));
    }
}
