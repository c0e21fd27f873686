package dev.writ.compiler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipeline as the folders show it: a package imports only those before it. */
class PackageOrderTest {
    private static final String ROOT = "dev.writ.compiler";

    /** The stages in their order. */
    private static final List<String> ORDER = List.of(
            "source",
            "diagnostic",
            "spiffe",
            "syntax",
            "model",
            "resource",
            "importing",
            "ir",
            "envoy",
            "analysis",
            "check");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<String> stages() {
        return ORDER.stream();
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Assertions.assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> !name.equals(ROOT))
                        .map(name -> name.substring(ROOT.length() + 1).split("\\.", -1)[0])
                        .distinct())
                .isSubsetOf(ORDER);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageImportsOnlyThoseBeforeIt(String stage) {
        String[] later = Stream.concat(
                        ORDER.subList(ORDER.indexOf(stage) + 1, ORDER.size()).stream()
                                .map(name -> ROOT + "." + name + ".."),
                        Stream.of(ROOT))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void antlrStopsAtTheSyntax() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".syntax..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "dev.writ.grammar..")
                .check(CLASSES);
    }

    @Test
    void protobufStopsAtTheEnvoyPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".envoy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "io.envoyproxy..")
                .check(CLASSES);
    }

    @Test
    void theDecoderSharesNothingWithTheEmitter() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".envoy.config..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.envoy\\.(SnapshotEmitter|MatcherLowering|SnapshotWriter).*")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theCompilerPrintsNothing() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
