package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.CallerPhrases;
import org.jspecify.annotations.Nullable;

/** A call in a line: {@code GET /api from spiffe://…}. */
final class CallLine {
    private CallLine() {}

    static String of(Call call) {
        return of(caller(call.caller()), call.method(), call.path(), call.sni());
    }

    static String of(String caller, @Nullable String method, @Nullable String path, @Nullable String serverName) {
        String request = method == null && path == null
                ? ""
                : (method == null ? "GET" : method) + " " + (path == null ? "/" : path) + " ";
        return request + "from " + caller + (serverName == null ? "" : " with SNI " + serverName);
    }

    static String caller(Caller caller) {
        return CallerPhrases.of(caller, ", ");
    }
}
