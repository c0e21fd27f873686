package dev.writ.runtime.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.testing.JudgedCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Random rules and calls: each point is held against its definition, said once more in regular expressions. */
class RandomCoverageTest {
    private static final String DOMAIN = "spiffe://default.default.mesh.local";
    private static final List<String> NAMES = List.of("a", "a", "a-2", "ab", "b");
    private static final List<String> PATHS = List.of("/", "/a", "/a/", "/a/b", "/ab", "/b");
    private static final List<String> METHODS = List.of("GET", "GET", "POST", "PUT");

    @TempDir
    private Path temporary;

    /** Who calls, and how. */
    private record Made(String caller, String method, String path) {
        String step() {
            return CoveredFeature.call(caller, " with " + method + " \"" + path + "\"");
        }
    }

    /** A side of a boundary: by whom or by what it is tried. */
    private record Side(String name, Predicate<Made> tried) {}

    /**
     * A rule, written and meant.
     *
     * @param rank of its action: the lower decides first
     */
    private record Written(
            String text,
            int rank,
            Predicate<Made> caller,
            Predicate<Made> method,
            Predicate<Made> path,
            List<Side> callerSides,
            List<Side> methodSides,
            List<Side> pathSides) {
        boolean matches(Made made) {
            return caller.test(made) && method.test(made) && path.test(made);
        }
    }

    @RepeatedTest(40)
    void whatIsTriedIsWhatTheDefinitionSaysAndOnlyGrows(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition() * 7919L);
        List<Written> rules = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            rules.add(rule(random));
        }
        List<Made> calls = new ArrayList<>();
        for (int i = 1 + random.nextInt(25); i > 0; i--) {
            calls.add(new Made(id(random), one(METHODS, random), one(PATHS, random)));
        }

        List<JudgedCall> judged = new CoveredFeature(temporary)
                .run(
                        rules.stream().map(Written::text).toList(),
                        calls.stream().map(Made::step).toArray(String[]::new));

        assertThat(judged).hasSameSizeAs(calls);
        Set<String> before = new TreeSet<>();
        for (int made = 1; made <= calls.size(); made++) {
            PolicyCoverage coverage = PolicyCoverage.of(judged.subList(0, made));
            Set<String> tried = tried(coverage);
            assertThat(tried).as("after %d calls", made).containsAll(before);
            before = tried;
        }
        assertThat(before).isEqualTo(expected(rules, calls));
        List<String> steps = new ArrayList<>(calls.stream().map(Made::step).toList());
        missing(PolicyCoverage.of(judged)).forEach(point -> steps.add(step(point.example())));
        List<JudgedCall> more = new CoveredFeature(temporary)
                .run(rules.stream().map(Written::text).toList(), steps.toArray(String[]::new));
        assertThat(missing(PolicyCoverage.of(more))).isEmpty();
    }

    private static String step(String example) {
        return example.replaceFirst("from (\\S+)", "When \"$1\" calls \"shop/db\"") + "\nThen the call is denied\n";
    }

    private static List<CoveredPoint> missing(PolicyCoverage coverage) {
        return coverage.rules().stream()
                .flatMap(rule -> rule.missing().stream())
                .toList();
    }

    private static Set<String> tried(PolicyCoverage coverage) {
        TreeSet<String> tried = new TreeSet<>();
        for (CoveredRule rule : coverage.rules()) {
            int line = rule.place().startPosition().line();
            if (!rule.decided().never()) {
                tried.add(line + " decided");
            }
            rule.points().stream()
                    .filter(point -> !point.tried().never())
                    .forEach(point -> tried.add(line + " " + name(point.point())));
        }
        return tried;
    }

    private static String name(Point point) {
        String kind = point.kind().isAboutCallers() ? "caller" : point.kind().toString();
        return kind + " " + point.subject() + " " + point.edge();
    }

    /** The rules stand in the feature from its line 6 on. */
    private static Set<String> expected(List<Written> rules, List<Made> calls) {
        TreeSet<String> expected = new TreeSet<>();
        for (Made made : calls) {
            Written decider = null;
            for (Written rule : rules) {
                if (rule.matches(made) && (decider == null || rule.rank() < decider.rank())) {
                    decider = rule;
                }
            }
            for (int i = 0; i < rules.size(); i++) {
                Written rule = rules.get(i);
                int line = 6 + i;
                if (rule.equals(decider)) {
                    expected.add(line + " decided");
                }
                boolean callerIs = rule.caller().test(made);
                boolean methodIs = rule.method().test(made);
                boolean pathIs = rule.path().test(made);
                add(rule.callerSides(), methodIs && pathIs, made, line, expected);
                add(rule.methodSides(), callerIs && pathIs, made, line, expected);
                add(rule.pathSides(), callerIs && methodIs, made, line, expected);
            }
        }
        return expected;
    }

    private static void add(List<Side> sides, boolean allElse, Made made, int line, Set<String> expected) {
        if (allElse) {
            sides.stream()
                    .filter(side -> side.tried().test(made))
                    .forEach(side -> expected.add(line + " " + side.name()));
        }
    }

    private static Written rule(Random random) {
        int rank = random.nextInt(3);
        String action = List.of("deny", "shadow-deny", "allow").get(rank);
        Callers callers = callers(random);
        String text = action + " " + callers.text();
        Predicate<Made> method = made -> true;
        Predicate<Made> path = made -> true;
        List<Side> methodSides = List.of();
        List<Side> pathSides = List.of();
        if (random.nextInt(2) == 0) {
            text += " to GET";
            method = made -> made.method().equals("GET");
            methodSides = List.of(new Side("METHOD GET SELF", method), new Side("METHOD GET OTHER", method.negate()));
            if (random.nextInt(2) == 0) {
                text += " \"/a/**\"";
                path = made -> made.path().startsWith("/a/");
                pathSides = List.of(
                        new Side("PATH_PREFIX /a/ SELF", made -> made.path().equals("/a")),
                        new Side("PATH_PREFIX /a/ BELOW", path),
                        new Side(
                                "PATH_PREFIX /a/ LOOK_ALIKE",
                                made -> made.path().matches("/a[^/].*")),
                        new Side("PATH_PREFIX /a/ OTHER", made -> !made.path().startsWith("/a")));
            }
        }
        return new Written(
                text,
                rank,
                made -> callers.all().test(made.caller()),
                method,
                path,
                callers.sides(),
                methodSides,
                pathSides);
    }

    private record Callers(String text, Predicate<String> all, List<Side> sides) {}

    private static Callers callers(Random random) {
        String id = id(random);
        String parent = id.substring(0, id.lastIndexOf('/'));
        String q = Pattern.quote(id);
        String p = Pattern.quote(parent);
        return switch (random.nextInt(4)) {
            case 0 ->
                new Callers(
                        id,
                        id::equals,
                        List.of(
                                side(id + " SELF", q),
                                side(id + " BELOW", q + "/.*"),
                                side(id + " LOOK_ALIKE", q + "[^/].*"),
                                side(id + " PARENT", p)));
            case 1 ->
                new Callers(
                        id + "/**",
                        caller -> caller.startsWith(id + "/"),
                        List.of(
                                side(id + "/ SELF", q),
                                side(id + "/ BELOW", q + "/.*"),
                                side(id + "/ LOOK_ALIKE", q + "[^/].*"),
                                side(id + "/ SIBLING", "(?!" + q + ")" + p + "/.+")));
            case 2 ->
                new Callers(
                        "prefix \"" + id + "\"",
                        caller -> caller.startsWith(id),
                        List.of(
                                side(id + " SELF", q),
                                side(id + " BELOW", q + "/.*"),
                                side(id + " LOOK_ALIKE", q + "[^/].*"),
                                side(id + " SIBLING", "(?!" + q + ")" + p + "/.+")));
            default -> {
                String pattern = DOMAIN + "/*/a";
                String d = Pattern.quote(DOMAIN);
                yield new Callers(
                        pattern,
                        caller -> caller.matches(d + "/[^/]+/a"),
                        List.of(
                                side(pattern + " SELF", d + "/[^/]+/a"),
                                side(pattern + " BELOW", d + "/[^/]+/a/.+"),
                                side(pattern + " LOOK_ALIKE", d + "/[^/]+/a[^/].*"),
                                side(pattern + " PARENT", d + "/[^/]+"),
                                side(pattern + " STRETCHED", d + "/[^/]+/[^/]+/a")));
            }
        };
    }

    private static Side side(String name, String regex) {
        return new Side("caller " + name, made -> made.caller().matches(regex));
    }

    private static String id(Random random) {
        StringBuilder id = new StringBuilder(DOMAIN);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            id.append('/').append(one(NAMES, random));
        }
        return id.toString();
    }

    private static String one(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
