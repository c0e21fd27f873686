package dev.writ.compiler.envoy;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A first-match list whose verdicts are resolved, in the shape of Envoy's matcher tree. It is asked in this order: the guard,
 * the leading entries, the exact map, the longest prefix of the prefix map, the root. Every leaf decides by itself (Envoy's
 * fall-back to a shorter prefix is behind a runtime guard), so no leaf relies on another.
 *
 * @param guard whether all but one well-formed SPIFFE ID is denied before anything else
 * @param leading rules that no key tells apart, asked one by one
 * @param exact what decides the callers that are exactly the key
 * @param prefixes what decides the other callers whose longest key this is
 * @param root what decides the rest
 */
record ResolvedMatcher(
        boolean guard,
        List<Entry> leading,
        SortedMap<String, Leaf> exact,
        SortedMap<String, Leaf> prefixes,
        Leaf root) {

    ResolvedMatcher {
        leading = List.copyOf(leading);
        exact = Collections.unmodifiableSortedMap(new TreeMap<>(exact));
        prefixes = Collections.unmodifiableSortedMap(new TreeMap<>(prefixes));
    }

    /** A verdict and the name of what decided. */
    record Outcome(Action action, String name) {}

    /** If the test holds, the outcome is final. */
    record Entry(Test test, Outcome outcome) {}

    /** The first entry whose test holds, else {@code otherwise}; without entries it is unconditional. */
    record Leaf(List<Entry> entries, Outcome otherwise) {
        Leaf {
            entries = List.copyOf(entries);
        }
    }

    /** What has to be looked at when a call comes. Kept in a normal form, so that equal decisions are equal records. */
    sealed interface Test {
        /** Holds for every call. */
        Test TRUE = new Every(List.of());

        /** Holds for no call. */
        Test FALSE = new Some(List.of());

        /** All of them, flattened; a test that cannot fail is left out. */
        static Test every(List<Test> tests) {
            Set<Test> members = new LinkedHashSet<>();
            for (Test test : tests) {
                if (test.equals(FALSE)) {
                    return FALSE;
                }
                members.addAll(test instanceof Every nested ? nested.members() : List.of(test));
            }
            return members.size() == 1 ? members.iterator().next() : new Every(new ArrayList<>(members));
        }

        /** At least one of them, flattened; a test that cannot hold is left out. */
        static Test some(List<Test> tests) {
            Set<Test> members = new LinkedHashSet<>();
            for (Test test : tests) {
                if (test.equals(TRUE)) {
                    return TRUE;
                }
                members.addAll(test instanceof Some nested ? nested.members() : List.of(test));
            }
            return members.size() == 1 ? members.iterator().next() : new Some(new ArrayList<>(members));
        }

        /** The opposite; twice is none. */
        static Test not(Test test) {
            if (test.equals(TRUE)) {
                return FALSE;
            }
            if (test.equals(FALSE)) {
                return TRUE;
            }
            return test instanceof Negation inner ? inner.member() : new Negation(test);
        }
    }

    /** The caller fits the pattern. */
    record CallerGlob(SegmentPattern pattern) implements Test {}

    /** The call fits the condition, which is not about its port. */
    record CallCondition(Condition condition) implements Test {}

    record Every(List<Test> members) implements Test {
        Every {
            members = List.copyOf(members);
        }
    }

    record Some(List<Test> members) implements Test {
        Some {
            members = List.copyOf(members);
        }
    }

    record Negation(Test member) implements Test {}
}
