package dev.writ.runtime.judge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The two judges share the call and the verdict, and no decision code. */
class JudgeIndependenceTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.writ");

    @Test
    void theSnapshotJudgeKnowsNoIr() {
        noClasses()
                .that()
                .areAssignableTo(SnapshotJudge.class)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("dev.writ.compiler.ir..")
                .check(CLASSES);
    }

    @Test
    void theModelJudgeKnowsNoEnvoyConfig() {
        noClasses()
                .that()
                .areAssignableTo(ModelJudge.class)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("dev.writ.compiler.envoy..")
                .check(CLASSES);
    }

    @Test
    void theySayWithNoCommonCode() {
        Set<String> common = judgeClasses(CLASSES.get(SnapshotJudge.class));
        common.retainAll(judgeClasses(CLASSES.get(ModelJudge.class)));
        common.removeIf(name -> name.endsWith(";")); // arrays of what is named itself
        assertThat(common)
                .isSubsetOf(
                        "Call",
                        "Caller",
                        "Caller$Anonymous",
                        "Caller$Certificate",
                        "Caller$DnsCertificate",
                        "Caller$ExpiredCertificate",
                        "Caller$ForeignCertificate",
                        "Caller$Named",
                        "Caller$Plaintext",
                        "Caller$Presenting",
                        "Judge",
                        "Verdict",
                        "Verdict$Decision",
                        "Verdict$Stage");
    }

    private static Set<String> judgeClasses(JavaClass judge) {
        return judge.getTransitiveDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .filter(type -> type.getPackageName().equals("dev.writ.runtime.judge"))
                .map(type -> type.getName().substring("dev.writ.runtime.judge.".length()))
                .collect(Collectors.toSet());
    }

    @Test
    void theDecoderSharesNothingWithTheEmitter() {
        noClasses()
                .that()
                .resideInAPackage("dev.writ.compiler.envoy.config..")
                .should()
                .transitivelyDependOnClassesThat()
                .haveNameMatching(
                        "dev\\.writ\\.compiler\\.envoy\\.[A-Za-z]*(Emitter|Lowering|Matcher|Walk|Writer|Pattern)")
                .check(CLASSES);
    }
}
