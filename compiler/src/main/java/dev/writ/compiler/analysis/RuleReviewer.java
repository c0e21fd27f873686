package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds what each rule of a list comes to: one diagram has, of every call, the first rules that match it. */
final class RuleReviewer {
    /** How many rules that match a call are known of it. */
    private static final int MOST_MATCHES = 8;

    private static final int MOST_OPPOSITIONS = 1_000;

    private final RuleList list;
    private final Callers callers;
    private final List<String> inventory;
    private final Diagram diagram;
    private final RuleMatches matches;
    private final Node first;
    private final Map<Integer, Optional<Witness>> deciding = new TreeMap<>();
    private final Map<Integer, SortedSet<Integer>> hiding = new HashMap<>();
    private final Map<Integer, List<List<Integer>>> calls = new TreeMap<>();
    private boolean isComplete = true;

    private record Pair(int decides, int against) {}

    private RuleReviewer(RuleList list, int port, Callers callers, List<String> inventory, int budget) {
        this.list = list;
        this.callers = callers;
        this.inventory = inventory;
        this.diagram = new Diagram(budget);
        this.matches = new RuleMatches(diagram, callers, Certificates.ONE_URI_SAN, port);
        Leaf nothing = diagram.leaf(List.of());
        this.first = matches.all(list.rules(), i -> diagram.leaf(List.of(i)), nothing, firstOf(diagram, nothing));
    }

    private static Merge firstOf(Diagram diagram, Leaf nothing) {
        return Merge.by(diagram, (one, other) -> {
            if (one == nothing || one == other) {
                return other;
            }
            if (other == nothing) {
                return one;
            }
            return one instanceof Leaf first && other instanceof Leaf second
                    ? diagram.leaf(firstOf(numbers(first.value()), numbers(second.value())))
                    : null;
        });
    }

    private static List<Integer> firstOf(List<Integer> one, List<Integer> other) {
        return IntStream.concat(
                        one.stream().mapToInt(Integer::intValue), other.stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .limit(MOST_MATCHES)
                .boxed()
                .toList();
    }

    @SuppressWarnings("unchecked") // every leaf of this diagram is one
    private static List<Integer> numbers(Object value) {
        return (List<Integer>) value;
    }

    /** @param inventory the SPIFFE IDs that there are: witnesses are chosen among them, where one will do */
    static RuleReview review(RuleList list, int port, Callers callers, List<String> inventory, int budget) {
        try {
            return new RuleReviewer(list, port, callers, inventory, budget).review();
        } catch (Unanswerable open) {
            return new RuleReview.Unknown(open.reason());
        }
    }

    private RuleReview review() {
        Map<Pair, Optional<Witness>> opposed = new LinkedHashMap<>();
        LeafWalk.of(diagram, callers, first).forEach((value, call) -> {
            List<Integer> numbers = numbers(value);
            if (!numbers.isEmpty()) {
                isComplete &= numbers.size() < MOST_MATCHES;
                calls.computeIfAbsent(numbers.getFirst(), none -> new ArrayList<>())
                        .add(numbers);
                deciding.putIfAbsent(numbers.getFirst(), call);
                numbers.forEach(number ->
                        hiding.computeIfAbsent(number, none -> new TreeSet<>()).add(numbers.getFirst()));
                opposed(numbers).forEach(pair -> opposed.putIfAbsent(pair, call));
            }
        });
        List<List<Integer>> all = calls.values().stream().flatMap(List::stream).toList();
        BitSet spare = SpareRules.of(list, all, MOST_MATCHES);
        requireSame(spare);
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < list.rules().size(); i++) {
            standings.add(standing(i, spare));
        }
        return new RuleReview.Known(standings, oppositions(opposed));
    }

    private Standing standing(int number, BitSet spare) {
        Optional<Witness> call = deciding.get(number);
        if (call == null) {
            Collection<Integer> by = hiding(number);
            return by.isEmpty() ? new Standing.Matchless() : new Standing.Hidden(rules(by));
        }
        return spare.get(number) ? spared(number, call, spare) : new Standing.Decides(call);
    }

    /** Where a call is known to have as many matches as are kept, it may have more: then the rule's own calls are looked at. */
    private Collection<Integer> hiding(int number) {
        if (isComplete) {
            return hiding.getOrDefault(number, new TreeSet<>());
        }
        NavigableSet<Integer> by = new TreeSet<>();
        LeafWalk.of(diagram, callers, first, matches.of(list.rules().get(number)), value -> true)
                .keySet()
                .forEach(value -> numbers(value).stream().findFirst().ifPresent(by::add));
        return by;
    }

    private Standing spared(int number, Optional<Witness> call, BitSet spare) {
        NavigableSet<Integer> instead = new TreeSet<>();
        boolean byDefault = false;
        for (List<Integer> numbers : calls.getOrDefault(number, List.of())) {
            Optional<Integer> next =
                    numbers.stream().filter(other -> !spare.get(other)).findFirst();
            next.ifPresent(instead::add);
            byDefault |= next.isEmpty();
        }
        return new Standing.Spare(call, rules(instead), byDefault);
    }

    private List<Rule> rules(Collection<Integer> numbers) {
        return numbers.stream().map(number -> list.rules().get(number)).toList();
    }

    /** What is left decides every call alike, or the search for spare rules is wrong. */
    private void requireSame(BitSet spare) {
        if (spare.isEmpty()) {
            return;
        }
        Leaf nothing = diagram.leaf(Nothing.NOTHING);
        Merge least = Merge.least(diagram);
        List<Rule> kept = IntStream.range(0, list.rules().size())
                .filter(number -> !spare.get(number))
                .mapToObj(list.rules()::get)
                .toList();
        Node all = matches.all(list.rules(), diagram::leaf, nothing, least);
        Node left = matches.all(kept, diagram::leaf, nothing, least);
        DifferenceWalk.walk(
                actions(all, list.rules()),
                actions(left, kept),
                diagram.leaf(true),
                (before, after) -> false,
                region -> new Example(diagram, callers, UsualNames.NONE)
                        .of(region)
                        .map(call -> fail(spare, call))
                        .orElse(true));
    }

    private static boolean fail(BitSet spare, Witness call) {
        throw new IllegalStateException("without the spare rules " + spare + " this is decided otherwise: " + call);
    }

    private Node actions(Node numbers, List<Rule> rules) {
        return Relabel.values(
                        diagram,
                        value -> value instanceof Integer number
                                ? rules.get(number).action()
                                : list.byDefault())
                .of(numbers);
    }

    /** The rules that would decide otherwise than the first one; those of its own permission are its exceptions. */
    private List<Pair> opposed(List<Integer> numbers) {
        Rule decides = list.rules().get(numbers.getFirst());
        return numbers.stream()
                .filter(number -> {
                    Rule other = list.rules().get(number);
                    return other.action() != decides.action()
                            && !other.origin().label().equals(decides.origin().label())
                            && CanCross.each(decides, other);
                })
                .map(number -> new Pair(numbers.getFirst(), number))
                .toList();
    }

    private List<Opposition> oppositions(Map<Pair, Optional<Witness>> opposed) {
        List<Opposition> oppositions = new ArrayList<>();
        opposed.entrySet().stream().limit(MOST_OPPOSITIONS).forEach(entry -> {
            Pair pair = entry.getKey();
            Rule decides = list.rules().get(pair.decides());
            Rule against = list.rules().get(pair.against());
            Node one = matches.of(decides);
            Node other = matches.of(against);
            // Of one that decides nothing at all there is more to tell.
            if (deciding.containsKey(pair.against()) && !includes(one, other) && !includes(other, one)) {
                oppositions.add(
                        new Opposition(decides, against, entry.getValue().map(call -> known(pair, call))));
            }
        });
        return oppositions;
    }

    /** The same call by somebody who is there, if that will do. */
    private Witness known(Pair pair, Witness call) {
        return inventory.stream()
                .map(id -> new Witness(call.transport(), List.of(id), call.serverName(), call.method(), call.path()))
                .filter(one -> Lookup.halfOf(one.uriSans().getFirst()) == callers)
                .filter(one -> {
                    List<Integer> numbers = numbers(new Lookup(diagram, one).in(first));
                    return numbers.indexOf(pair.decides()) == 0 && numbers.contains(pair.against());
                })
                .findFirst()
                .orElse(call);
    }

    private boolean includes(Node set, Node other) {
        return Merge.either(diagram).of(set, other) == set;
    }
}
