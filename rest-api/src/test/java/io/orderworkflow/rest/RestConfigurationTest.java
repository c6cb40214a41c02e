package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class RestConfigurationTest {

    private static final AutoConfigurations CONFIGURATION = AutoConfigurations.of(RestConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(CONFIGURATION)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(
                    CommandGateway.class,
                    () -> DefaultCommandGateway.builder()
                            .commandBus(SimpleCommandBus.builder().build())
                            .build())
            .withBean(
                    QueryGateway.class,
                    () -> DefaultQueryGateway.builder()
                            .queryBus(SimpleQueryBus.builder().build())
                            .build());

    @Test
    void answersHttpInAProcessThatRunsAllRoles() {
        web.run(context -> assertThat(context).hasSingleBean(OrderController.class));
    }

    @Test
    void answersHttpInAProcessThatRunsTheWebRole() {
        web.withPropertyValues("order-workflow.roles=web,query")
                .run(context -> assertThat(context).hasSingleBean(OrderController.class));
    }

    @Test
    void answersNothingInAProcessThatDoesNot() {
        web.withPropertyValues("order-workflow.roles=order,query")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(OrderController.class)
                        .doesNotHaveBean(ProblemAdvice.class)
                        .doesNotHaveBean(Gateways.class));
    }

    @Test
    void answersNothingWithoutWebServer() {
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATION)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OrderController.class));
    }

    @Test
    void isPatientAsLongAsItIsTold() {
        web.withPropertyValues("order-workflow.rest.command-timeout=3s")
                .run(context -> assertThat(context.getBean(RestProperties.class).commandTimeout())
                        .hasSeconds(3));
    }
}
