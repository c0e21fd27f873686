package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The SPIFFE IDs at the edges of what a rule names: the one that it names, one that only begins like it, one below it, and its parent
 * with another child. Those beside whole segments have what follows them in usual IDs ({@code …/ns/shop-2/sa/web}).
 */
final class EdgeCallers {
    private final Set<String> found = new LinkedHashSet<>();

    private final String trustDomain;

    private EdgeCallers(String trustDomain) {
        this.trustDomain = trustDomain;
    }

    /** @param trustDomain for those that may be of any */
    static Set<String> of(Principal principal, String trustDomain) {
        EdgeCallers edges = new EdgeCallers(trustDomain);
        edges.add(principal);
        edges.found.removeIf(id -> SpiffeId.of(id).isEmpty());
        return edges.found;
    }

    private void add(Principal principal) {
        switch (principal) {
            case Principal.Always always -> {}
            case Principal.SanEquals san -> {}
            case Principal.Exact exact -> around(exact.value());
            case Principal.Prefix prefix ->
                around(
                        prefix.value().endsWith("/")
                                ? prefix.value().substring(0, prefix.value().length() - 1)
                                : prefix.value());
            case Principal.Segments segments -> {
                List<String> names = new ArrayList<>();
                segments.segments()
                        .forEach(segment -> names.add(segment.orElse(names.isEmpty() ? trustDomain : "any")));
                around(SpiffeId.SCHEME + String.join("/", names));
            }
            case Principal.AnyOf any -> any.members().forEach(this::add);
            case Principal.AllOf all -> all.members().forEach(this::add);
            case Principal.Not not -> add(not.member());
        }
    }

    private void around(String id) {
        found.add(completed(id));
        found.add(completed(id + "-2"));
        found.add(id + "/below");
        int slash = id.lastIndexOf('/');
        if (slash >= SpiffeId.SCHEME.length()) {
            found.add(completed(id.substring(0, slash) + "/beside"));
        }
    }

    /** A namespace with a service account in it. */
    private static String completed(String id) {
        int slash = id.lastIndexOf('/');
        return id.substring(0, slash + 1).endsWith("/ns/") ? id + "/sa/web" : id;
    }
}
