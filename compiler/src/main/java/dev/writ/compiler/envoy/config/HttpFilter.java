package dev.writ.compiler.envoy.config;

/** A filter on HTTP requests. */
public sealed interface HttpFilter permits HttpFilter.HttpRbac, HttpFilter.Router, Unmodelled {

    record HttpRbac(Rbac rbac) implements HttpFilter {}

    /** Terminal: forwards the request. */
    record Router() implements HttpFilter {}
}
