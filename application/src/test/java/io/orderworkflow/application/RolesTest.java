package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.projection.ProjectionGroup;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.queryhandling.QueryHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;

/** What a process takes on with each role. Nothing is started: what would be made is enough to see it. */
class RolesTest {

    /** Every process has these: they concern itself, or what all of them share. */
    private static final String EVERYBODYS = "platform";

    /** Whose handlers of commands a role brings. */
    private static final Map<Role, Set<String>> COMMANDS = Map.of(
            Role.ORDER, Set.of("order"),
            Role.INVENTORY, Set.of("inventory"),
            Role.PAYMENT, Set.of("payment"),
            Role.SAGA, Set.of("saga"),
            Role.QUERY, Set.of("query"),
            Role.WEB, Set.of());

    /** Whose handlers of queries. Carts are read from their events, by those who have their code. */
    private static final Map<Role, Set<String>> QUERIES = Map.of(
            Role.ORDER, Set.of("order"),
            Role.INVENTORY, Set.of(),
            Role.PAYMENT, Set.of("payment"),
            Role.SAGA, Set.of("saga"),
            Role.QUERY, Set.of("query"),
            Role.WEB, Set.of());

    private static final Map<Role, Set<String>> PROCESSORS = Map.of(
            Role.ORDER, Set.of("cart-deadlines"),
            Role.INVENTORY, Set.of(),
            Role.PAYMENT, Set.of("payment-provider"),
            Role.SAGA, Set.of("order-processing"),
            Role.QUERY, Set.of("inventory-view", "order-view"),
            Role.WEB, Set.of());

    @ParameterizedTest
    @EnumSource
    void bringsItsOwnHandlersProcessorsAndEndpointsOnly(Role role) {
        try (Blueprint process = Blueprint.of("order-workflow.roles=" + role)) {
            assertThat(process.modulesWith(CommandHandler.class)).isEqualTo(COMMANDS.get(role));
            assertThat(process.modulesWith(QueryHandler.class)).isEqualTo(QUERIES.get(role));
            assertThat(process.processors()).isEqualTo(PROCESSORS.get(role));
            assertThat(process.hasEndpoints()).isEqualTo(role == Role.WEB);
        }
    }

    @Test
    void areAllThereByDefault() {
        try (Blueprint process = Blueprint.of()) {
            assertThat(process.modulesWith(CommandHandler.class)).isEqualTo(all(COMMANDS));
            assertThat(process.modulesWith(QueryHandler.class)).isEqualTo(all(QUERIES));
            assertThat(process.processors()).isEqualTo(all(PROCESSORS));
            assertThat(process.hasEndpoints()).isTrue();
        }
    }

    private static Set<String> all(Map<Role, Set<String>> byRole) {
        return byRole.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** The program's beans, none of which is made. */
    private static final class Blueprint extends AnnotationConfigServletWebServerApplicationContext
            implements AutoCloseable {

        static Blueprint of(String... settings) {
            SpringApplication program = new SpringApplication(OrderWorkflowApplication.class);
            program.setApplicationContextFactory(type -> new Blueprint());
            program.setRegisterShutdownHook(false);
            program.setLogStartupInfo(false);
            List<String> arguments = Stream.concat(
                            Stream.of(
                                    "spring.datasource.url=jdbc:postgresql://nowhere/", "spring.main.banner-mode=off"),
                            Stream.of(settings))
                    .map("--"::concat)
                    .toList();
            ConfigurableApplicationContext context = program.run(arguments.toArray(String[]::new));
            return (Blueprint) context;
        }

        @Override
        protected void registerBeanPostProcessors(ConfigurableListableBeanFactory beans) {}

        @Override
        protected void onRefresh() {}

        @Override
        protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beans) {}

        @Override
        protected void finishRefresh() {}

        Set<String> modulesWith(Class<? extends Annotation> handler) {
            return types().filter(type -> Stream.concat(
                                    Arrays.stream(type.getDeclaredMethods()),
                                    Arrays.<Executable>stream(type.getDeclaredConstructors()))
                            .anyMatch(member -> AnnotatedElementUtils.hasAnnotation(member, handler)))
                    .map(Blueprint::module)
                    .filter(Predicate.not(EVERYBODYS::equals))
                    .collect(Collectors.toSet());
        }

        Set<String> processors() {
            Stream<String> named = types().map(
                            type -> AnnotatedElementUtils.findMergedAnnotation(type, ProcessingGroup.class))
                    .filter(Objects::nonNull)
                    .map(ProcessingGroup::value);
            // Those of projections and sagas are made of these.
            Stream<String> views = Arrays.stream(getBeanNamesForType(ProjectionGroup.class, true, false))
                    .map(name -> name.equals("orderViews") ? "order-view" : "inventory-view");
            Stream<String> sagas = Arrays.stream(getBeanNamesForType(ConfigurerModule.class, true, false))
                    .filter("orderProcessing"::equals)
                    .map(name -> "order-processing");
            return Stream.of(named, views, sagas).flatMap(all -> all).collect(Collectors.toSet());
        }

        boolean hasEndpoints() {
            return types().anyMatch(type -> AnnotatedElementUtils.hasAnnotation(type, Controller.class));
        }

        private Stream<Class<?>> types() {
            return Arrays.stream(getBeanDefinitionNames())
                    .<Class<?>>map(name -> getType(name, false))
                    .filter(Objects::nonNull)
                    .filter(type -> type.getName().startsWith("io.orderworkflow."));
        }

        /** Such as {@code order}, of {@code io.orderworkflow.order.Order}. */
        private static String module(Class<?> type) {
            String inRoot = type.getName().substring("io.orderworkflow.".length());
            return inRoot.substring(0, inRoot.indexOf('.'));
        }
    }
}
