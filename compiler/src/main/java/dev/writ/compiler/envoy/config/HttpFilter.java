package dev.writ.compiler.envoy.config;

/** A filter on HTTP requests. */
public sealed interface HttpFilter permits HttpFilter.HttpRbac, HttpFilter.Router, Unmodelled {

    /**
     * @param name by which routes speak of it
     * @param disabled whether it acts only where a route gives it a config
     */
    record HttpRbac(String name, Rbac rbac, boolean disabled) implements HttpFilter {
        public HttpRbac(Rbac rbac) {
            this("", rbac, false);
        }
    }

    /** Terminal: forwards the request. */
    record Router() implements HttpFilter {}
}
