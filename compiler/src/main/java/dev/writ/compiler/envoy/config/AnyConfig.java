package dev.writ.compiler.envoy.config;

import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * What a file of Envoy config holds, whatever kind of file it is.
 *
 * @param config the listeners of a bootstrap, a dump or alone; those of calls that the proxy's own application makes among them
 * @param filters RBAC filters that stand alone
 * @param refusals why Envoy would not load it; what was refused is not among the rest, or is not modelled there
 * @param open what verdicts may depend on and is not modelled
 * @param bundleFiles files with the bundles of trust domains
 * @param listenerPlaces where each listener of the config is in it, as refusals name places
 * @param places where such places are in the text
 * @param printed whether a proxy printed it, which leaves out what goes without saying
 */
public record AnyConfig(
        EnvoyConfig config,
        List<LoneFilter> filters,
        List<Refusal> refusals,
        List<OpenPlace> open,
        List<BundleFile> bundleFiles,
        List<String> listenerPlaces,
        Places places,
        boolean printed) {
    public AnyConfig {
        filters = List.copyOf(filters);
        listenerPlaces = List.copyOf(listenerPlaces);
        refusals = List.copyOf(refusals);
        open = List.copyOf(open);
        bundleFiles = List.copyOf(bundleFiles);
    }

    /** Where a place is in the text, or the nearest that encloses it; empty for a config that was no text. */
    public Optional<SourceSpan> find(String place) {
        return places.find(place);
    }

    /**
     * A file with the bundles of trust domains.
     *
     * @param place where it is named
     * @param watched whether Envoy reads it again when it changes
     */
    public record BundleFile(String place, boolean watched) {}

    /**
     * An RBAC filter that no listener has.
     *
     * @param place where its fields are: {@code place + ".rules"}; for bare rules or a bare matcher those of that message
     */
    public record LoneFilter(String name, String place, Rbac rbac) {}
}
