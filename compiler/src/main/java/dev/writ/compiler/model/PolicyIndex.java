package dev.writ.compiler.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Answers which of many policies apply to an inbound, without trying each. Everything but {@code sectionName} comes down to
 * labels of the dataplane, its name and namespace among them, and to tags of the inbound.
 */
final class PolicyIndex {
    /** The labels and tags that any policy asks for. */
    private final Set<String> asked = new HashSet<>();

    /** What was found before: inbounds that offer the same of these are of one class. */
    private final Map<Map<String, String>, BitSet> classes = new HashMap<>();

    private final LabelIndex index;
    private final List<PolicyReach> policies;
    private final BitSet impossible = new BitSet();
    private final BitSet sectioned = new BitSet();

    PolicyIndex(List<PolicyReach> policies) {
        this.policies = policies;
        List<Map<String, String>> required = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            Map<String, String> labels = policies.get(i).required();
            impossible.set(i, labels == null);
            required.add(labels == null ? Map.of() : labels);
            asked.addAll(required.getLast().keySet());
            sectioned.set(i, policies.get(i).isSectioned());
        }
        index = new LabelIndex(required);
    }

    /**
     * The positions of the policies that apply.
     *
     * @param inbounds all of the dataplane's: what selects one of them selects the others on its port, for Kuma keeps one
     *     list for each address and port
     */
    BitSet select(Map<String, String> labels, String shortName, List<Inbound> inbounds, Inbound inbound) {
        BitSet selected = matching(labels, shortName, inbound);
        for (Inbound other : inbounds) {
            if (!other.equals(inbound)
                    && other.port() == inbound.port()
                    && Objects.equals(other.address(), inbound.address())) {
                selected.or(matching(labels, shortName, other));
            }
        }
        return selected;
    }

    private BitSet matching(Map<String, String> labels, String shortName, Inbound inbound) {
        Map<String, String> offered = PolicyReach.offered(labels, shortName, inbound);
        offered.keySet().retainAll(asked);
        BitSet selected =
                (BitSet) classes.computeIfAbsent(offered, index::matching).clone();
        selected.andNot(impossible);
        BitSet narrowed = (BitSet) selected.clone();
        narrowed.and(sectioned);
        narrowed.stream().filter(i -> !policies.get(i).includes(inbound)).forEach(selected::clear);
        return selected;
    }
}
