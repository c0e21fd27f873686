package dev.writ.runtime.mutation;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.testing.RandomKumaMesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random policies whose rules often meet: of Kuma's resources, and of rules in Writ with conditions for two trust domains. */
final class RandomSubjects {
    private static final Path SHOP = Path.of(System.getProperty("writ.root"), "features/shop/shop.yaml");
    private static final List<String> CALLERS = List.of(
            "spiffe://default.default.mesh.local/ns/shop/sa/web",
            "spiffe://default.default.mesh.local/ns/shop/sa/web-2",
            "spiffe://default.default.mesh.local/ns/shop/**",
            "spiffe://default.default.mesh.local/ns/shop/sa/**",
            "spiffe://default.default.mesh.local/**",
            "spiffe://partner.example/ns/shop/sa/web",
            "spiffe://*/ns/shop/sa/*",
            "spiffe://*/ns/*/sa/web",
            "spiffe://partner.example/**",
            "prefix \"spiffe://default.default.mesh.local/ns/sho\"",
            "prefix \"spiffe://default.default.mesh.local/ns/shop/sa/we\"",
            "prefix \"spiffe://def\"");
    private static final List<String> CALLS = List.of(
            "", "", "", " to GET", " to GET, POST \"/api/**\"", " to \"/api\"", " to \"/api/v1/**\"", " to POST \"/\"");

    private RandomSubjects() {}

    /** Those of a target. */
    static Stream<Subject> of(Target target, int howMany, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, howMany)
                .mapToObj(i -> target.isKuma() && i % 2 == 0 ? kuma(random, target) : shop(random, target))
                .filter(compilation -> !compilation.hasErrors())
                .map(Subject::new);
    }

    private static Compilation kuma(Random random, Target target) {
        String yaml = new RandomKumaMesh(random, target.isKuma2()).generate();
        return compile(target, List.of(new SourceFile("mesh.yaml", yaml)));
    }

    private static Compilation shop(Random random, Target target) {
        boolean hasConditions = !target.isKuma();
        String writ = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> "permission p" + i + " on workloads"
                        + pick(List.of("", " where app = \"web\""), random) + " {\n" + rules(random, hasConditions)
                        + "}\n")
                .collect(Collectors.joining());
        try {
            return compile(
                    target,
                    List.of(new SourceFile("shop.yaml", Files.readString(SHOP)), new SourceFile("rules.writ", writ)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rules(Random random, boolean hasConditions) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> "  " + pick(List.of("allow ", "allow ", "deny ", "shadow-deny "), random)
                        + pick(CALLERS, random) + (hasConditions ? pick(CALLS, random) : "") + "\n")
                .collect(Collectors.joining());
    }

    private static Compilation compile(Target target, List<SourceFile> files) {
        return PolicyCompiler.compile(files, List.of(), ModelOptions.DEFAULT.withTarget(target));
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
