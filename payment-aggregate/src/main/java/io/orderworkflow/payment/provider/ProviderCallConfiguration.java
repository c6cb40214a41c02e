package io.orderworkflow.payment.provider;

import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.store.NodeSettings;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Lets a process call a payment provider. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "io.orderworkflow.payment.builtin.BuiltInProviderConfiguration"
        })
@ConditionalOnRole(Role.PAYMENT)
@EnableConfigurationProperties(PaymentProperties.class)
final class ProviderCallConfiguration {

    /** After the event processors have ended, and before commands are no longer handled. */
    private static final int PHASE = Phase.INBOUND_EVENT_CONNECTORS - 1;

    @Bean
    @ConditionalOnMissingBean(PaymentProvider.class)
    @ConditionalOnProperty("order-workflow.payment.provider.url")
    HttpPaymentProvider httpPaymentProvider(PaymentProperties properties) {
        PaymentProperties.Provider settings = properties.provider();
        return new HttpPaymentProvider(settings.requiredUrl(), settings.callTimeout());
    }

    @Bean
    ProviderCallWorker providerCallWorker(
            PaymentProvider provider,
            CommandGateway commands,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            NodeSettings node,
            PaymentProperties properties) {
        return new ProviderCallWorker(provider, commands, jdbc, transactions, node.id(), properties.provider());
    }

    @Bean
    ProviderCallIntake providerCallIntake(ProviderCallWorker worker) {
        return worker.intake();
    }

    @Bean
    ProviderCallMetrics providerCallMetrics(ProviderCallWorker worker) {
        return worker.metrics();
    }

    @Bean
    PaymentProviderHealthIndicator paymentProviderHealthIndicator(ProviderCallWorker worker) {
        return worker.health();
    }

    @Bean
    ConfigurerModule providerCallLifecycle(ObjectProvider<ProviderCallWorker> worker) {
        // Asked for as late as that: it sends commands, hence needs what this here is a part of.
        return configurer -> configurer.onInitialize(axon -> {
            axon.onStart(PHASE, () -> worker.getObject().start());
            axon.onShutdown(PHASE, () -> worker.getObject().stop());
        });
    }
}
