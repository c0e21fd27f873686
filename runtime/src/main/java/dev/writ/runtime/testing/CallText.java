package dev.writ.runtime.testing;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;

/** A call in words: {@code spiffe://… calls kuma-demo/kv:5050 with GET /api}. */
final class CallText {
    private CallText() {}

    static String of(Call call) {
        String text = caller(call.caller()) + " calls " + call.to() + ":" + call.port();
        if (call.method() != null || call.path() != null) {
            text += " with " + (call.method() == null ? "GET" : call.method());
            text += " " + (call.path() == null ? "/" : call.path());
        }
        return call.sni() == null ? text : text + " with server name " + call.sni();
    }

    private static String caller(Caller caller) {
        return switch (caller) {
            case Caller.Certificate certificate -> String.join(" and ", certificate.uriSans());
            case Caller.Anonymous anonymous -> "anonymous";
            case Caller.Plaintext plaintext -> "plaintext";
        };
    }
}
