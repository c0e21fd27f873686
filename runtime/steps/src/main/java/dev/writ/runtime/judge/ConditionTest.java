package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Condition;
import dev.writ.runtime.judge.Trace.Step;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks whether a call meets a rule's conditions. */
public final class ConditionTest {
    private final int port;
    private final @Nullable String serverName;
    private final String method;
    private final String path;

    public ConditionTest(Call call) {
        this.port = call.port();
        this.serverName = call.sni() == null ? null : call.sni().toLowerCase(Locale.ROOT);
        this.method = call.method() == null ? "GET" : call.method();
        this.path = CanonicalPath.of(call.path() == null ? "/" : call.path());
    }

    public boolean holds(Condition condition) {
        return test(condition).holds();
    }

    Step test(Condition condition) {
        return switch (condition) {
            case Condition.Port expected -> Step.plain(port == expected.port(), "port is " + expected.port());
            case Condition.Sni sni ->
                Step.plain(
                        !sni.serverName().isEmpty()
                                && sni.serverName().toLowerCase(Locale.ROOT).equals(serverName),
                        "SNI is \"" + sni.serverName() + "\"");
            case Condition.Method methods ->
                Step.plain(methods.methods().contains(method), "method is " + String.join(" or ", methods.methods()));
            case Condition.Path exact -> Step.plain(path.equals(exact.path()), "path is \"" + exact.path() + "\"");
            case Condition.PathPrefix prefix ->
                Step.plain(path.startsWith(prefix.prefix()), "path starts with \"" + prefix.prefix() + "\"");
        };
    }

    /** Whether only an HTTP inbound can tell. */
    static boolean isAboutHttp(Condition condition) {
        return switch (condition) {
            case Condition.Port port -> false;
            case Condition.Sni sni -> false;
            case Condition.Method method -> true;
            case Condition.Path path -> true;
            case Condition.PathPrefix prefix -> true;
        };
    }
}
