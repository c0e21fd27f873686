package dev.writ.runtime.starter;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.model.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A project to start from, before its config is compiled and committed.
 *
 * @param sources what its commands are given, relative to the project
 * @param files their texts by their paths in the project
 */
public record Starter(Target target, List<String> sources, SortedMap<String, String> files) {
    private static final String POLICY = "policy";
    private static final String FEATURE = "features/access.feature";

    public Starter {
        sources = List.copyOf(sources);
    }

    /** One with a policy to be replaced. */
    public static Starter of(StarterKind kind, Target target, ProjectPlace place) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String policy : kind.policies()) {
            files.put(
                    POLICY + "/" + policy,
                    Template.of(kind + "/policy/" + policy).text());
        }
        files.put(FEATURE, Template.of(kind + "/" + FEATURE).filled(Map.of("target", target.id())));
        return new Starter(target, List.of(POLICY), files).with(place, kind.shipping());
    }

    /**
     * One for resources that are there.
     *
     * @param today what they come to
     */
    public static Starter of(ExistingSources existing, Compilation today, ProjectPlace place) {
        SortedMap<String, String> files = new TreeMap<>(existing.copied());
        Target target = today.model().target();
        files.put(FEATURE, new CallsToday(today).feature(existing.sources()));
        return new Starter(target, existing.sources(), files).with(place, "");
    }

    /** Whether there is a call that a feature could be about. */
    public static boolean isPossible(Compilation today) {
        return new CallsToday(today).isPossible();
    }

    /** {@code  --target kuma-2.14} behind the sources of a command; empty for the default target. */
    public String options() {
        return target == Target.ENVOY ? "" : " --target " + target;
    }

    private Starter with(ProjectPlace place, String shipping) {
        Map<String, String> blanks = new LinkedHashMap<>();
        blanks.put("title", place.name());
        blanks.put("what", target.isKuma() ? "in a Kuma mesh (" + target + ")" : "among Envoy proxies");
        blanks.put("table", sources.stream().map(this::row).collect(Collectors.joining("\n")));
        blanks.put("workflow", place.workflow());
        blanks.put("sources", String.join(" ", sources));
        blanks.put("options", options());
        blanks.put("diff", difference(place));
        blanks.put("ship", shipping);
        blanks.put("ci-sources", sources.stream().map(place::inRepository).collect(Collectors.joining(" ")));
        blanks.put("ci-options", options().strip());
        blanks.put("prefix", place.inRepository(""));
        SortedMap<String, String> all = new TreeMap<>(files);
        all.put("README.md", Template.of("README.md").filled(blanks).stripTrailing() + "\n");
        all.put(".gitignore", Template.of("gitignore").text());
        all.put(place.workflow(), Template.of("policy.yml").filled(blanks));
        return new Starter(target, sources, all);
    }

    private String row(String source) {
        String what = source.equals(POLICY)
                ? "the policy: who the workloads are, and who may call whom"
                : "resources of the mesh, among them its policy";
        return "| `" + source + (source.matches(".*\\.(ya?ml|json)") ? "" : "/") + "` | " + what + " |";
    }

    private String difference(ProjectPlace place) {
        return sources.size() == 1
                ? "main:" + place.inRepository(sources.getFirst()) + " " + sources.getFirst()
                : sources.stream()
                        .map(source -> "--old main:" + place.inRepository(source) + " --new " + source)
                        .collect(Collectors.joining(" "));
    }
}
