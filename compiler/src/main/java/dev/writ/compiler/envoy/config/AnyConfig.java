package dev.writ.compiler.envoy.config;

import java.util.List;

/**
 * What a file of Envoy config holds, whatever kind of file it is.
 *
 * @param config the listeners of a bootstrap, a dump or alone; those of calls that the proxy's own application makes among them
 * @param filters RBAC filters that stand alone
 * @param refusals why Envoy would not load it; what was refused is not among the rest, or is not modelled there
 */
public record AnyConfig(EnvoyConfig config, List<LoneFilter> filters, List<Refusal> refusals) {
    public AnyConfig {
        filters = List.copyOf(filters);
        refusals = List.copyOf(refusals);
    }

    /** An RBAC filter that no listener has. */
    public record LoneFilter(String name, Rbac rbac) {}
}
