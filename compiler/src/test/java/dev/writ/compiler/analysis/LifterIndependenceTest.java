package dev.writ.compiler.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What lifts a config shares nothing with what made it, so that no fault can be on both sides of a proof. */
class LifterIndependenceTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.writ.compiler");

    @Test
    void theLifterKnowsNoPolicy() {
        noClasses()
                .that()
                .areAssignableTo(ConfigDiagram.class)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage("dev.writ.compiler.ir..", "dev.writ.compiler.model..")
                .check(CLASSES);
    }

    @Test
    void theLifterSharesNothingWithTheEmitters() {
        noClasses()
                .that()
                .areAssignableTo(ConfigDiagram.class)
                .should()
                .transitivelyDependOnClassesThat()
                .haveNameMatching("dev\\.writ\\.compiler\\.envoy\\.(kuma\\.)?[A-Z][A-Za-z]*")
                .check(CLASSES);
    }

    @Test
    void theModelsDiagramKnowsNoConfig() {
        noClasses()
                .that()
                .areAssignableTo(ModelDiagram.class)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("dev.writ.compiler.envoy..")
                .check(CLASSES);
    }
}
