package dev.writ.compiler.ir;

import java.util.List;

/** A restriction on the call itself. A rule's conditions must all hold. */
public sealed interface Condition {

    /** The inbound's own port: decided while compiling. */
    record Port(int port) implements Condition {}

    record Sni(String serverName) implements Condition {}

    /** The HTTP method is one of these. */
    record Method(List<String> methods) implements Condition {
        public Method {
            methods = List.copyOf(methods);
        }
    }

    /** The URL path, without query and fragment, is this one. */
    record Path(String path) implements Condition {}

    /** The URL path starts with this one. */
    record PathPrefix(String prefix) implements Condition {}
}
