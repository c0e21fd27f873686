package dev.writ.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The runtime's packages: judge and identity know nobody above them, the command line is the top. */
class PackageOrderTest {
    private static final String ROOT = "dev.writ.runtime";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The tests of the steps are on the class path as a jar.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    @Test
    void judgeIdentityAndGoldenStandAlone() {
        refuse("judge", "proof", "identity", "proxy", "testing", "golden", "lsp", "cli");
        refuse("identity", "judge", "proxy", "testing", "golden", "lsp", "cli");
        refuse("golden", "judge", "identity", "proxy", "testing", "lsp", "cli");
    }

    @Test
    void theProxyKnowsJudgesAndIdentities() {
        refuse("proxy", "testing", "golden", "lsp", "cli");
    }

    @Test
    void proofsKnowJudgesOnly() {
        refuse("proof", "identity", "proxy", "testing", "golden", "lsp", "cli");
    }

    @Test
    void accessKnowsJudgesOnly() {
        refuse("access", "proof", "identity", "proxy", "testing", "golden", "cli");
        refuse("judge", "access");
        refuse("proof", "access");
    }

    @Test
    void startersKnowJudgesOnly() {
        refuse("starter", "proof", "identity", "proxy", "testing", "golden", "access", "lsp", "cli");
        refuse("judge", "starter");
    }

    @Test
    void whatPagesHaveInCommonKnowsNobody() {
        refuse(
                "page",
                "judge",
                "proof",
                "identity",
                "proxy",
                "testing",
                "golden",
                "access",
                "coverage",
                "report",
                "cli");
    }

    @Test
    void thePageOfARunKnowsNobody() {
        refuse(
                "report",
                "judge",
                "proof",
                "identity",
                "proxy",
                "testing",
                "golden",
                "access",
                "coverage",
                "mutation",
                "lsp",
                "cli");
    }

    @Test
    void mutationKnowsTheSteps() {
        refuse("mutation", "access", "golden", "lsp", "starter", "cli");
    }

    @Test
    void coverageKnowsTheSteps() {
        refuse("coverage", "access", "golden", "lsp", "mutation", "starter", "watch", "cli");
        refuse("testing", "coverage");
    }

    @Test
    void watchingKnowsFeaturesOnly() {
        refuse("watch", "judge", "proof", "identity", "proxy", "golden", "access", "starter", "lsp", "cli");
        refuse("testing", "watch");
    }

    @Test
    void theStepsDoNotKnowTheCommandLine() {
        refuse("testing", "golden", "lsp", "cli");
    }

    @Test
    void bouncyCastleLivesInIdentityOnly() {
        onlyIn("identity", "org.bouncycastle..");
    }

    @Test
    void protobufLivesInTheProxyOnly() {
        onlyIn("proxy", "com.google.protobuf..", "io.envoyproxy..");
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    private static void refuse(String from, String... to) {
        String[] packages =
                Arrays.stream(to).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void onlyIn(String home, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + home + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
