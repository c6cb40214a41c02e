package io.orderworkflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.platform.store.NodeSettings;
import java.lang.reflect.Proxy;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Which provider is called, and by whom. */
class PaymentConfigurationTest {

    private static final String BUILT_IN_SERVER = "builtInProviderServer";
    private static final String WORKER = "providerCallWorker";

    /** Nothing here asks the database anything. */
    private final DataSource noDatabase = new DriverManagerDataSource();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ourConfigurations()))
            .withBean(NodeSettings.class, () -> new NodeSettings("node"))
            .withBean(JdbcTemplate.class, () -> new JdbcTemplate(noDatabase))
            .withBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(noDatabase))
            .withBean(
                    CommandGateway.class,
                    () -> DefaultCommandGateway.builder()
                            .commandBus(SimpleCommandBus.builder().build())
                            .build());

    private static Class<?>[] ourConfigurations() {
        List<String> names = ImportCandidates.load(
                        org.springframework.boot.autoconfigure.AutoConfiguration.class,
                        PaymentConfigurationTest.class.getClassLoader())
                .getCandidates()
                .stream()
                .filter(name -> name.startsWith(PaymentConfigurationTest.class.getPackageName() + "."))
                .toList();
        assertThat(names).hasSize(5);
        return names.stream().map(PaymentConfigurationTest::classOf).toArray(Class<?>[]::new);
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bringsAProviderAlong() {
        context.run(started -> assertThat(started)
                .hasSingleBean(PaymentProvider.class)
                .hasBean(BUILT_IN_SERVER)
                .hasBean(WORKER));
    }

    @Test
    void callsAnotherProviderIfItsAddressIsGiven() {
        context.withPropertyValues("order-workflow.payment.provider.url=https://payments.example.com/")
                .run(started -> assertThat(started)
                        .hasSingleBean(PaymentProvider.class)
                        .doesNotHaveBean(BUILT_IN_SERVER)
                        .hasBean(WORKER));
    }

    @Test
    void callsAProviderThatSomebodyElseHasMadeABean() {
        PaymentProvider theirs = (PaymentProvider) Proxy.newProxyInstance(
                PaymentProvider.class.getClassLoader(),
                new Class<?>[] {PaymentProvider.class},
                (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });

        context.withBean("theirs", PaymentProvider.class, () -> theirs)
                .run(started -> assertThat(started)
                        .hasSingleBean(PaymentProvider.class)
                        .doesNotHaveBean(BUILT_IN_SERVER)
                        .hasBean(WORKER));
    }

    @Test
    void doesNotStartWithoutAnyProvider() {
        context.withPropertyValues("order-workflow.payment.built-in.enabled=false")
                .run(started -> assertThat(started).hasFailed());
    }

    @Test
    void leavesPaymentsToOthersWithoutTheRole() {
        context.withPropertyValues("order-workflow.roles=order,web")
                .run(started -> assertThat(started)
                        .hasNotFailed()
                        .doesNotHaveBean(PaymentProvider.class)
                        .doesNotHaveBean(BUILT_IN_SERVER)
                        .doesNotHaveBean(WORKER)
                        .doesNotHaveBean(Payment.class));
    }

    @Test
    void tellsOfItsHealthUnderTheProvidersName() {
        context.run(started ->
                assertThat(started.getBean("paymentProviderHealthIndicator")).isInstanceOf(HealthIndicator.class));
    }
}
