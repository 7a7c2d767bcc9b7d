package io.belfry.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.belfry.api", importOptions = DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule roomsKnowEachOtherInOneDirection =
            slices().matching("io.belfry.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlySessionsKnowsRedis = noClasses()
            .that()
            .resideOutsideOfPackages("io.belfry.api.sessions", "io.belfry.api")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule onlyWritersKnowKafka = noClasses()
            .that()
            .resideOutsideOfPackages("io.belfry.api", "..api.sending", "..api.inbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

    @ArchTest
    static final ArchRule onlyTheDemoSignsTokens = noClasses()
            .that()
            .resideOutsideOfPackage("io.belfry.api.demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jsonwebtoken..");

    @ArchTest
    static final ArchRule nothingBelowKnowsTheCalls = noClasses()
            .that()
            .resideInAnyPackage("..api.problem", "..api.http", "..api.access", "..api.paging")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..api.inbox", "..api.sending", "..api.courses", "..api.templates", "..api.sessions", "..api.demo");

    @ArchTest
    static final ArchRule roomsTakeNothingFromTheTopButItsSettings = noClasses()
            .that()
            .resideInAPackage("io.belfry.api.*..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(NotificationApi.class);
}
