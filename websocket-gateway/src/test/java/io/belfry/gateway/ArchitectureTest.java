package io.belfry.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.belfry.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NETTY_IS_KNOWN_TO_THE_TRANSPORT_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "io.netty.buffer..")
            .because("what frames mean does not depend on how bytes travel");

    @ArchTest
    static final ArchRule REDIS_IS_KNOWN_TO_PRESENCE_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..presence..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule KAFKA_IS_KNOWN_TO_ITS_READER_AND_ITS_WRITER_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages("..delivery..", "..commands..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_PROTOCOL_DEPENDS_ON_NOTHING_HERE = noClasses()
            .that()
            .resideInAPackage("..gateway.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.connection..",
                    "..gateway.conversation..",
                    "..gateway.delivery..",
                    "..gateway.presence..",
                    "..gateway.hints..",
                    "..gateway.transport..",
                    "..gateway.ops..");

    @ArchTest
    static final ArchRule NO_TWO_PACKAGES_NEED_EACH_OTHER =
            slices().matching("io.belfry.gateway.(*)..").should().beFreeOfCycles();
}
