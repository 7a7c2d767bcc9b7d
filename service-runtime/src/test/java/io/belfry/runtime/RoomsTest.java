package io.belfry.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.belfry", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.belfry.events..",
                    "io.belfry.json..",
                    "io.belfry.access..",
                    "io.belfry.api..",
                    "io.belfry.persister..",
                    "io.belfry.gateway..");

    @ArchTest
    static final ArchRule ONLY_REDIS_KNOWS_LETTUCE = noClasses()
            .that()
            .resideOutsideOfPackage("io.belfry.runtime.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");
}
