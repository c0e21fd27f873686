package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.RbacRules.ByPolicies;
import dev.writ.compiler.envoy.config.RbacRules.Policy;
import dev.writ.compiler.envoy.config.TextMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of many classic policies can match a caller: those that name it whole or by a prefix, and those that ask anything else. The
 * others need not be asked, so that a decision costs no more with ten thousand names than with ten.
 */
final class PolicyIndex {
    private final List<Policy> policies;
    private final Map<String, List<Integer>> exact = new HashMap<>();
    private final Map<String, List<Integer>> prefixes = new HashMap<>();
    private final List<Integer> always = new ArrayList<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();

    PolicyIndex(ByPolicies rules) {
        this.policies = rules.policies();
        for (int i = 0; i < policies.size(); i++) {
            Optional<List<TextMatcher>> names = names(policies.get(i));
            if (names.isEmpty()) {
                always.add(i);
            } else {
                for (TextMatcher name : names.get()) {
                    add(name, i);
                }
            }
        }
    }

    /** In their order; all others say no. */
    List<Policy> candidates(Connection connection) {
        TreeSet<Integer> found = new TreeSet<>(always);
        if (connection.tls()) {
            Peer.Certificate certificate = connection.certificate();
            if (certificate != null) {
                certificate.uriSans().forEach(name -> find(name, found));
                certificate.dnsSans().forEach(name -> find(name, found));
            }
            find(certificate == null ? "" : certificate.subject(), found);
        }
        return found.stream().map(policies::get).toList();
    }

    private void find(String name, Set<Integer> found) {
        found.addAll(exact.getOrDefault(name, List.of()));
        for (int length : lengths.headSet(name.length(), true)) {
            found.addAll(prefixes.getOrDefault(name.substring(0, length), List.of()));
        }
    }

    private void add(TextMatcher name, int policy) {
        if (name instanceof TextMatcher.Exact whole) {
            exact.computeIfAbsent(whole.text(), text -> new ArrayList<>()).add(policy);
        } else if (name instanceof TextMatcher.StartsWith prefix) {
            prefixes.computeIfAbsent(prefix.text(), text -> new ArrayList<>()).add(policy);
            lengths.add(prefix.text().length());
        }
    }

    /** The names that a policy is for; empty if it asks anything else of somebody. */
    private static Optional<List<TextMatcher>> names(Policy policy) {
        List<TextMatcher> names = new ArrayList<>();
        for (Identifier identifier : policy.principals()) {
            Optional<TextMatcher> name = identifier instanceof Identifier.Authenticated authenticated
                    ? authenticated.name().filter(PolicyIndex::isIndexed)
                    : Optional.empty();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static boolean isIndexed(TextMatcher name) {
        return name instanceof TextMatcher.Exact exact && !exact.ignoreCase()
                || name instanceof TextMatcher.StartsWith prefix && !prefix.ignoreCase();
    }
}
