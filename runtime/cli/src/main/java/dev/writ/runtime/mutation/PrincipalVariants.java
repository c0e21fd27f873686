package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Principal.Segments;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The callers of a rule as they go wrong: more of them than were meant. */
final class PrincipalVariants {
    private final List<String> trustDomains;
    private final List<Wider> found = new ArrayList<>();

    /** @param instead the sets of callers that together are the wider one */
    record Wider(Operator operator, String words, List<Principal> instead) {}

    private PrincipalVariants(List<String> trustDomains) {
        this.trustDomains = trustDomains;
    }

    /** @param trustDomains those whose callers TLS lets in: any other is none that a rule could let in */
    static List<Wider> of(Principal principal, List<String> trustDomains) {
        PrincipalVariants variants = new PrincipalVariants(trustDomains);
        variants.widen(principal);
        return variants.found;
    }

    private void widen(Principal principal) {
        switch (principal) {
            case Principal.Always always -> {}
            // The tags of a legacy `from`; what it denies is what its allows are not about.
            case Principal.SanEquals san -> anyCaller(san);
            case Principal.Not not -> anyCaller(not);
            case Exact exact -> {
                add(
                        Operator.EXACT_TO_PREFIX,
                        "exact → prefix \"" + exact.value() + "\"",
                        List.of(new Prefix(exact.value())));
                anyTrustDomain(exact, exact.value());
            }
            case Prefix prefix -> shorten(prefix);
            case Segments segments -> widen(segments);
            case AnyOf any -> {
                for (int i = 0; i < any.members().size(); i++) {
                    member(any, i);
                }
            }
            case AllOf all -> {
                for (int i = 0; i < all.members().size(); i++) {
                    List<Principal> others = new ArrayList<>(all.members());
                    Principal dropped = others.remove(i);
                    add(
                            Operator.DROP_CONDITION,
                            "without " + PrincipalWords.of(dropped),
                            List.of(others.size() == 1 ? others.getFirst() : new AllOf(others)));
                }
            }
        }
    }

    private void anyCaller(Principal dropped) {
        add(Operator.DROP_CONDITION, "without " + PrincipalWords.of(dropped), List.of(new Principal.Always()));
    }

    private void member(AnyOf any, int number) {
        for (Wider wider : of(any.members().get(number), trustDomains)) {
            List<Principal> members = new ArrayList<>(any.members());
            members.remove(number);
            members.addAll(number, wider.instead());
            add(wider.operator(), wider.words(), List.of(new AnyOf(members)));
        }
    }

    private void shorten(Prefix prefix) {
        String value = prefix.value();
        String open = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        String parent = open.substring(0, open.lastIndexOf('/') + 1);
        if (value.length() > SpiffeId.SCHEME.length()) {
            if (parent.length() > SpiffeId.SCHEME.length()) {
                shorter(Operator.SHORTER_BY_SEGMENT, parent);
            }
            String shorter = value.substring(0, value.length() - 1);
            if (!shorter.equals(parent)) {
                shorter(Operator.SHORTER_BY_CHARACTER, shorter);
            }
            anyTrustDomain(prefix, value);
        }
    }

    private void shorter(Operator operator, String value) {
        add(operator, "prefix → \"" + value + "\"", List.of(new Prefix(value)));
    }

    private void widen(Segments pattern) {
        List<Optional<String>> segments = pattern.segments();
        if (!pattern.below()) {
            add(Operator.EXACT_TO_PREFIX, "all below it too", List.of(pattern, new Segments(segments, true)));
        } else if (segments.size() > 1) {
            Segments parent = new Segments(segments.subList(0, segments.size() - 1), true);
            add(Operator.SHORTER_BY_SEGMENT, "pattern → " + PrincipalWords.of(parent), List.of(parent));
        }
        if (segments.getFirst().isPresent()) {
            List<Optional<String>> any = new ArrayList<>(segments);
            any.set(0, Optional.empty());
            add(Operator.ANY_TRUST_DOMAIN, "any trust domain", List.of(new Segments(any, pattern.below())));
        }
    }

    /** The same in each of the trust domains that can call; of a text that ends in its trust domain, that one is left open. */
    private void anyTrustDomain(Principal principal, String value) {
        int path = value.indexOf('/', SpiffeId.SCHEME.length());
        if (!value.startsWith(SpiffeId.SCHEME)) {
            return;
        }
        List<Principal> all = new ArrayList<>(List.of(principal));
        if (path < 0 || path == value.length() - 1 && principal instanceof Prefix) {
            all.set(0, new Prefix(SpiffeId.SCHEME));
        } else {
            String own = value.substring(SpiffeId.SCHEME.length(), path);
            trustDomains.stream()
                    .filter(name -> !name.equals(own))
                    .map(name -> SpiffeId.SCHEME + name + value.substring(path))
                    .map(text -> principal instanceof Prefix ? new Prefix(text) : new Exact(text))
                    .forEach(all::add);
        }
        add(Operator.ANY_TRUST_DOMAIN, "any trust domain", all);
    }

    private void add(Operator operator, String words, List<Principal> instead) {
        found.add(new Wider(operator, words, instead));
    }
}
