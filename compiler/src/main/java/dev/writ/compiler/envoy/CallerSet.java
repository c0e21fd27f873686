package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.ResolvedMatcher.CallerGlob;
import dev.writ.compiler.envoy.ResolvedMatcher.Test;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Principal.SanEquals;
import dev.writ.compiler.ir.Principal.Segments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A principal made ready to be asked in many regions: unions hold their strings in sets, so that a union of thousands is asked
 * as fast as one string.
 */
sealed interface CallerSet {

    /**
     * A part of all strings, in which exact strings and prefixes are decided.
     *
     * @param text the string itself, or what all its strings start with
     * @param exact whether it is that one string
     * @param keys the keys that {@code text} starts with (the prefixes and the literal beginnings of patterns), shortest first
     * @param wellFormed whether only well-formed SPIFFE IDs are asked about
     */
    record Region(String text, boolean exact, List<String> keys, boolean wellFormed) {}

    /** What is left to test in a region. */
    Test in(Region region);

    /** What is left to test where nothing at all is known of the caller; only of sets without exact strings and prefixes. */
    default Test anywhere() {
        return switch (this) {
            case Union union -> {
                List<Test> tests = new ArrayList<>();
                union.patterns.values().forEach(patterns -> patterns.forEach(p -> tests.add(new CallerGlob(p))));
                union.others.forEach(other -> tests.add(other.anywhere()));
                yield Test.some(tests);
            }
            case Intersection all ->
                Test.every(all.members.stream().map(CallerSet::anywhere).toList());
            case Complement not -> Test.not(not.member.anywhere());
        };
    }

    /** The strings of which it depends whether a caller is in the set: exact ones, and beginnings. */
    record Strings(Set<String> exact, Set<String> keys, boolean onlyPatterns) {}

    default Strings strings() {
        Set<String> exact = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        boolean onlyPatterns = collect(exact, keys);
        return new Strings(exact, keys, onlyPatterns);
    }

    private boolean collect(Set<String> exact, Set<String> keys) {
        return switch (this) {
            case Union union -> {
                exact.addAll(union.exact);
                keys.addAll(union.prefixes);
                keys.addAll(union.patterns.keySet());
                boolean onlyPatterns = union.exact.isEmpty() && union.prefixes.isEmpty();
                for (CallerSet other : union.others) {
                    onlyPatterns &= other.collect(exact, keys);
                }
                yield onlyPatterns;
            }
            case Intersection all -> {
                boolean onlyPatterns = true;
                for (CallerSet member : all.members) {
                    onlyPatterns &= member.collect(exact, keys);
                }
                yield onlyPatterns;
            }
            case Complement not -> not.member.collect(exact, keys);
        };
    }

    /** @param wellFormed whether only well-formed SPIFFE IDs are asked about: then {@code …}{@code /**} is a prefix */
    static CallerSet of(Principal principal, boolean wellFormed) {
        return switch (principal) {
            case Always always -> new Intersection(List.of());
            case AllOf all ->
                new Intersection(all.members().stream()
                        .map(member -> of(member, wellFormed))
                        .toList());
            case Not not -> new Complement(of(not.member(), wellFormed));
            case Exact exact -> Union.of(List.of(exact), wellFormed);
            case Prefix prefix -> Union.of(List.of(prefix), wellFormed);
            case Segments segments -> Union.of(List.of(segments), wellFormed);
            case AnyOf any -> Union.of(any.members(), wellFormed);
            // INVARIANT: legacy rules alone compare single SANs, and their target says them as principals.
            case SanEquals san -> throw new IllegalStateException("a single SAN in a matcher");
        };
    }

    /** At least one of these. */
    record Union(
            Set<String> exact, Set<String> prefixes, Map<String, List<SegmentPattern>> patterns, List<CallerSet> others)
            implements CallerSet {

        private static Union of(List<Principal> members, boolean wellFormed) {
            Union union = new Union(new HashSet<>(), new HashSet<>(), new LinkedHashMap<>(), new ArrayList<>());
            members.forEach(member -> union.add(member, wellFormed));
            return union;
        }

        private void add(Principal member, boolean wellFormed) {
            switch (member) {
                case Exact one -> exact.add(one.value());
                case Prefix prefix -> prefixes.add(prefix.value());
                case Segments segments -> add(SegmentPattern.of(segments), wellFormed);
                case AnyOf any -> any.members().forEach(nested -> add(nested, wellFormed));
                case Always always -> others.add(CallerSet.of(always, wellFormed));
                case AllOf all -> others.add(CallerSet.of(all, wellFormed));
                case Not not -> others.add(CallerSet.of(not, wellFormed));
                case SanEquals san -> others.add(CallerSet.of(san, wellFormed));
            }
        }

        private void add(SegmentPattern pattern, boolean wellFormed) {
            if (!pattern.isLiteral()) {
                patterns.computeIfAbsent(pattern.literal(), literal -> new ArrayList<>())
                        .add(pattern);
            } else if (!pattern.segments().below()) {
                exact.add(pattern.literal());
            } else if (wellFormed) {
                prefixes.add(pattern.literal());
            } else {
                patterns.computeIfAbsent(pattern.literal(), literal -> new ArrayList<>())
                        .add(pattern);
            }
        }

        @Override
        public Test in(Region region) {
            if (region.exact && exact.contains(region.text) || startsWithPrefix(region)) {
                return Test.TRUE;
            }
            List<Test> tests = new ArrayList<>();
            for (String key : patterns.isEmpty() ? List.<String>of() : region.keys) {
                for (SegmentPattern pattern : patterns.getOrDefault(key, List.of())) {
                    tests.add(in(region, pattern));
                }
            }
            others.forEach(other -> tests.add(other.in(region)));
            return Test.some(tests);
        }

        private boolean startsWithPrefix(Region region) {
            return prefixes.size() < region.keys.size()
                    ? prefixes.stream().anyMatch(region.text::startsWith)
                    : region.keys.stream().anyMatch(prefixes::contains);
        }

        private static Test in(Region region, SegmentPattern pattern) {
            if (region.exact) {
                return pattern.matches(region.text) ? Test.TRUE : Test.FALSE;
            }
            return pattern.decidedBy(region.text)
                    .filter(fits -> !fits || region.wellFormed)
                    .map(fits -> fits ? Test.TRUE : Test.FALSE)
                    .orElse(new CallerGlob(pattern));
        }
    }

    /** All of these. */
    record Intersection(List<CallerSet> members) implements CallerSet {
        @Override
        public Test in(Region region) {
            return Test.every(members.stream().map(member -> member.in(region)).toList());
        }
    }

    /** Not this. */
    record Complement(CallerSet member) implements CallerSet {
        @Override
        public Test in(Region region) {
            return Test.not(member.in(region));
        }
    }
}
