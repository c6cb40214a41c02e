package io.orderworkflow.application;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.orderworkflow.api.MessageFamilies;
import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.projection.Projection;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house. Each was seen red once, by breaking it. */
class ArchitectureTest {

    private static final String ROOT = "io.orderworkflow";
    private static final String API = MessageFamilies.class.getPackageName();
    private static final String PLATFORM = Role.class.getPackageName();
    private static final String APPLICATION = OrderWorkflowApplication.class.getPackageName();

    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    /** A rule on classes that are not there checks nothing. */
    @Test
    void seesEveryModule() {
        assertThat(program.stream().map(ArchitectureTest::module).distinct())
                .contains(
                        "api",
                        "platform",
                        "order",
                        "inventory",
                        "payment",
                        "saga",
                        "query",
                        "rest",
                        "console",
                        "application");
    }

    @Test
    void keepsFeatureModulesApart() {
        ArchRule rule = slices().assignedFrom(new FeatureModules()).should().notDependOnEachOther();
        rule.check(program);
    }

    @Test
    void keepsTheContractFreeOfEverythingElse() {
        check(noClasses()
                .that()
                .resideInAPackage(API + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta..", "io.orderworkflow.platform..", "tools.jackson.."));
    }

    @Test
    void keepsThePlatformFreeOfTheDomain() {
        check(noClasses()
                .that()
                .resideInAPackage(PLATFORM + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".order..",
                        ROOT + ".inventory..",
                        ROOT + ".payment..",
                        ROOT + ".saga..",
                        ROOT + ".query..",
                        ROOT + ".rest..",
                        ROOT + ".console..",
                        APPLICATION + ".."));
    }

    @Test
    void hidesAggregatesAndHandlers() {
        check(classes().that().areAnnotatedWith(Aggregate.class).should().bePackagePrivate());
        check(classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate());
        check(classes().that().areAnnotatedWith(Controller.class).should().bePackagePrivate());
        check(classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate());
        check(methods()
                .that()
                .areAnnotatedWith(CommandHandler.class)
                .or()
                .areAnnotatedWith(EventSourcingHandler.class)
                .or()
                .areAnnotatedWith(EventHandler.class)
                .or()
                .areAnnotatedWith(QueryHandler.class)
                .should()
                .bePackagePrivate());
    }

    @Test
    void namesTheProcessingGroupOfEveryEventHandler() {
        check(classes()
                .that()
                .containAnyMethodsThat(annotatedWith(EventHandler.class))
                .should()
                .beAnnotatedWith(ProcessingGroup.class)
                .orShould()
                .beAssignableTo(Projection.class));
    }

    @Test
    void keepsClocksRandomnessAndThreadsOutOfAggregates() {
        check(noClasses()
                .that()
                .areAnnotatedWith(Aggregate.class)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.sql..", "java.net..", "java.io.."));
    }

    @Test
    void givesEveryEventARevision() {
        List<Class<?>> events = MessageFamilies.events().toList();
        assertThat(events)
                .hasSizeGreaterThan(10)
                .allSatisfy(event -> assertThat(event.getAnnotation(Revision.class))
                        .as(event.getSimpleName())
                        .isNotNull());
    }

    @Test
    void knowsTheTypesOfAllAggregatesThatCanBeReplayed() {
        assertThat(program.stream()
                        .filter(type -> type.isAnnotatedWith(Aggregate.class))
                        // Those there are made for its tests.
                        .filter(type -> !type.getPackageName().startsWith("io.orderworkflow.platform"))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(Stream.of(AggregateType.values())
                        .map(AggregateType::logicalName)
                        .toList());
    }

    @Test
    void makesMessagesOfRecords() {
        assertThat(MessageFamilies.events()).allMatch(Class::isRecord);
        assertThat(MessageFamilies.commands()).allMatch(Class::isRecord);
    }

    @Test
    void callsNothingByEmptyNames() {
        check(noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)"));
    }

    private static void check(ArchRule rule) {
        rule.check(program);
    }

    /** The part of the package name that names the module. */
    private static String module(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return type.getPackageName().startsWith(ROOT + ".") ? parts[2] : "";
    }

    /** Every module that is neither the contract, nor the platform, nor the program that puts them together. */
    private static final class FeatureModules implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String module = module(type);
            return List.of("api", "platform", "application", "").contains(module)
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(module);
        }

        @Override
        public String getDescription() {
            return "feature modules";
        }
    }
}
