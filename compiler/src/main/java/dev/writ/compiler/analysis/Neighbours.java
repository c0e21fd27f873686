package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Callers that a reader takes for real: the texts of the rules, what is beside them and below, completed to the shape of the IDs that
 * there are ({@code …/ns/kuma-demo} to {@code …/ns/kuma-demo-2/sa/web}).
 */
final class Neighbours {
    private static final int MOST_TEXTS = 400;

    private final List<String> inventory;
    private final Set<String> found = new LinkedHashSet<>();

    private Neighbours(List<String> inventory) {
        this.inventory = inventory;
    }

    /** @param rules those of which the neighbours are looked for first */
    static Set<String> of(List<String> inventory, List<Rule> rules) {
        Neighbours neighbours = new Neighbours(inventory);
        Set<String> texts = new LinkedHashSet<>();
        for (Rule rule : rules) {
            if (texts.size() >= MOST_TEXTS) {
                break;
            }
            List<String> own = new ArrayList<>();
            collect(rule.principal(), own);
            texts.addAll(own);
        }
        texts.forEach(neighbours::around);
        neighbours.found.addAll(texts);
        return neighbours.found;
    }

    private static void collect(Principal principal, List<String> texts) {
        switch (principal) {
            case Principal.Always always -> {}
            case Principal.Exact exact -> texts.add(exact.value());
            case Principal.Prefix prefix -> texts.add(prefix.value());
            case Principal.SanEquals san -> texts.add(san.value());
            case Principal.Segments segments ->
                texts.add("spiffe://"
                        + String.join(
                                "/",
                                segments.segments().stream()
                                        .map(segment -> segment.orElse("web"))
                                        .toList())
                        + (segments.below() ? "/" : ""));
            case Principal.AnyOf any -> any.members().forEach(member -> collect(member, texts));
            case Principal.AllOf all -> all.members().forEach(member -> collect(member, texts));
            case Principal.Not not -> collect(not.member(), texts);
        }
    }

    /** Beside it, then itself and below it; first as a whole ID of the usual shape. */
    private void around(String text) {
        String open = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        List.of(open + "-2", open, open + "/web").forEach(this::complete);
    }

    /** With the segments that the first ID has there which begins with the same parents; without one, with the usual ones. */
    private void complete(String text) {
        int slash = text.lastIndexOf('/');
        String parents = text.substring(0, Math.max(0, slash + 1));
        inventory.stream()
                .filter(id -> id.startsWith(parents))
                .map(id -> id.indexOf('/', parents.length()))
                .flatMap(at -> inventory.stream()
                        .filter(id -> id.startsWith(parents) && id.indexOf('/', parents.length()) == at)
                        .limit(1)
                        .map(id -> at < 0 ? text : text + id.substring(at)))
                .distinct()
                .limit(2)
                .forEach(found::add);
        if (parents.endsWith("/ns/")) {
            found.add(text + "/sa/web");
        } else if (parents.equals("spiffe://")) {
            found.add(text + "/ns/web/sa/web");
        }
    }
}
