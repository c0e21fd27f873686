package dev.writ.runtime.testing;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallerPhrases;

/** A call in words: {@code spiffe://… calls kuma-demo/kv:5050 with GET /api}. */
final class CallText {
    private CallText() {}

    static String of(Call call) {
        String text = CallerPhrases.of(call.caller(), " and ") + " calls " + call.to() + ":" + call.port();
        if (call.method() != null || call.path() != null) {
            text += " with " + (call.method() == null ? "GET" : call.method());
            text += " " + (call.path() == null ? "/" : call.path());
        }
        return call.sni() == null ? text : text + " with server name " + call.sni();
    }
}
