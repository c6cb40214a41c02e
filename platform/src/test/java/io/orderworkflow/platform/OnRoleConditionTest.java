package io.orderworkflow.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class OnRoleConditionTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Orders.class, Inventory.class, Mixed.class);

    @Test
    void runsEveryRoleByDefault() {
        context.run(running ->
                assertThat(running).hasBean("orders").hasBean("inventory").hasBean("web"));
    }

    @Test
    void runsOnlyTheRolesThatAreListed() {
        context.withPropertyValues("order-workflow.roles=inventory,web")
                .run(running -> assertThat(running)
                        .doesNotHaveBean("orders")
                        .hasBean("inventory")
                        .hasBean("web"));
    }

    @Test
    void takesRolesAsTheEnvironmentGivesThem() {
        context.withPropertyValues("order-workflow.roles[0]=ORDER")
                .run(running -> assertThat(running)
                        .hasBean("orders")
                        .doesNotHaveBean("inventory")
                        .doesNotHaveBean("web"));
    }

    @Test
    void failsToStartWithARoleThatDoesNotExist() {
        context.withPropertyValues("order-workflow.roles=orders")
                .run(running -> assertThat(running).getFailure().rootCause().hasMessageContaining("orders"));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.ORDER)
    static class Orders {

        @Bean
        String orders() {
            return "orders";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.INVENTORY)
    static class Inventory {

        @Bean
        String inventory() {
            return "inventory";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Mixed {

        @Bean
        @ConditionalOnRole(Role.WEB)
        String web() {
            return "web";
        }
    }
}
