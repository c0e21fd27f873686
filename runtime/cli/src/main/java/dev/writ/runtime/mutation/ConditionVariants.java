package dev.writ.runtime.mutation;

import dev.writ.compiler.ir.Condition;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a rule as they go wrong: met by more calls than were meant. */
final class ConditionVariants {
    private final List<Condition> conditions;
    private final List<Wider> found = new ArrayList<>();

    record Wider(Operator operator, String words, List<Condition> instead) {}

    private ConditionVariants(List<Condition> conditions) {
        this.conditions = conditions;
    }

    static List<Wider> of(List<Condition> conditions) {
        ConditionVariants variants = new ConditionVariants(conditions);
        for (int i = 0; i < conditions.size(); i++) {
            variants.widen(i);
        }
        return variants.found;
    }

    private void widen(int number) {
        List<Condition> others = new ArrayList<>(conditions);
        Condition dropped = others.remove(number);
        found.add(new Wider(Operator.DROP_CONDITION, "without the " + words(dropped), others));
        switch (dropped) {
            case Condition.Port port -> {}
            case Condition.Sni sni -> {}
            case Condition.Method method -> {}
            case Condition.Path path ->
                add(number, Operator.EXACT_TO_PREFIX, new Condition.PathPrefix(path.path()), "path → ");
            case Condition.PathPrefix prefix -> shorten(number, prefix.prefix());
        }
    }

    private void shorten(int number, String prefix) {
        String open = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String parent = open.substring(0, open.lastIndexOf('/') + 1);
        if (parent.length() > 1) {
            add(number, Operator.SHORTER_BY_SEGMENT, new Condition.PathPrefix(parent), "path → ");
        }
        String shorter = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        // What begins with a slash is every path: that is to drop the condition.
        if (shorter.length() > 1 && !shorter.equals(parent)) {
            add(number, Operator.SHORTER_BY_CHARACTER, new Condition.PathPrefix(shorter), "path → ");
        }
    }

    private void add(int number, Operator operator, Condition.PathPrefix wider, String words) {
        List<Condition> changed = new ArrayList<>(conditions);
        changed.set(number, wider);
        found.add(new Wider(operator, words + "prefix \"" + wider.prefix() + "\"", changed));
    }

    private static String words(Condition condition) {
        return switch (condition) {
            case Condition.Port port -> "port " + port.port();
            case Condition.Sni sni -> "server name \"" + sni.serverName() + "\"";
            case Condition.Method method -> "method " + String.join(", ", method.methods());
            case Condition.Path path -> "path \"" + path.path() + "\"";
            case Condition.PathPrefix prefix -> "path prefix \"" + prefix.prefix() + "\"";
        };
    }
}
