package io.belfry.persister;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

    private static final String ROOT = "io.belfry.persister";

    private final JavaClasses persister = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void hasNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(persister);
    }

    @Test
    void keepsKafkaOutOfTheFanout() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".fanout..")
                .and()
                .doNotHaveSimpleName("RequestHandler")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                .check(persister);
    }

    @Test
    void keepsSqlInTheRoomsThatOwnTables() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT,
                        ROOT + ".fanout..",
                        ROOT + ".directory..",
                        ROOT + ".commands..",
                        ROOT + ".pipeline..",
                        ROOT + ".retention..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..")
                .check(persister);
    }

    @Test
    void keepsSpringKafkaBehindItsDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".startup..")
                .and()
                .doNotHaveSimpleName("Pipeline")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.kafka.listener..", "org.springframework.kafka.core..")
                .check(persister);
    }

    @Test
    void makesFaultsFromOutsideOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".startup..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("Failpoints")
                .check(persister);
    }

    @Test
    void closesEveryClassThatIsNoDoorway() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
                .and()
                .doNotHaveSimpleName("PersisterMain")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(persister);
    }
}
