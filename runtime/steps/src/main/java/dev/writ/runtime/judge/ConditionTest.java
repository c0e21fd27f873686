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
        return switch (condition) {
            case Condition.Port expected -> port == expected.port();
            case Condition.Sni sni ->
                !sni.serverName().isEmpty()
                        && sni.serverName().toLowerCase(Locale.ROOT).equals(serverName);
            case Condition.Method methods -> methods.methods().contains(method);
            case Condition.Path exact -> path.equals(exact.path());
            case Condition.PathPrefix prefix -> path.startsWith(prefix.prefix());
        };
    }

    Step test(Condition condition) {
        String statement = switch (condition) {
            case Condition.Port expected -> "port is " + expected.port();
            case Condition.Sni sni -> "SNI is \"" + sni.serverName() + "\"";
            case Condition.Method methods -> "method is " + String.join(" or ", methods.methods());
            case Condition.Path exact -> "path is \"" + exact.path() + "\"";
            case Condition.PathPrefix prefix -> "path starts with \"" + prefix.prefix() + "\"";
        };
        return Step.plain(holds(condition), statement);
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
