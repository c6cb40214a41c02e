package io.orderworkflow.payment.builtin;

import static java.util.Objects.requireNonNullElse;

import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.payment.provider.HttpPaymentProvider;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import java.time.Clock;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings a payment provider along, unless there is another one. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration")
@ConditionalOnRole(Role.PAYMENT)
@Conditional(OnBuiltInProvider.class)
@ConditionalOnMissingBean(PaymentProvider.class)
@EnableConfigurationProperties({PaymentProperties.class, FaultSettings.class})
final class BuiltInProviderConfiguration {

    @Bean
    LedgerTable builtInProviderLedgerTable(JdbcTemplate jdbc) {
        return new LedgerTable(jdbc);
    }

    @Bean
    Ledger builtInProviderLedger(
            LedgerTable table, PlatformTransactionManager transactionManager, PaymentProperties properties) {
        return new Ledger(
                table,
                new TransactionTemplate(transactionManager),
                properties.builtIn().groupingDelay());
    }

    @Bean
    Faults builtInProviderFaults(FaultSettings settings) {
        return settings.enabled()
                ? new Faults(FaultFiles.tokens(), FaultFiles.scenarios(settings.folder()), Clock.systemUTC())
                : Faults.none();
    }

    @Bean
    BuiltInProviderServer builtInProviderServer(
            Ledger ledger,
            LedgerTable table,
            Faults faults,
            FaultSettings faultSettings,
            ObjectProvider<QueryGateway> queries,
            PaymentProperties properties) {
        OrderSkus skus = new OrderSkus(queries::getObject);
        return new BuiltInProviderServer(
                ledger,
                table,
                new Cashier(faults),
                (paymentId, orderId) -> (faults.askForSkus() ? skus : SkuLookUp.NONE).skusOf(paymentId, orderId),
                // Clients connect to the wire then.
                faultSettings.enabled() ? 0 : properties.builtIn().port());
    }

    @Bean
    @ConditionalOnProperty(FaultSettings.ENABLED)
    FaultyWire builtInProviderWire(BuiltInProviderServer server, PaymentProperties properties) {
        return new FaultyWire(server.uri(), properties.builtIn().port());
    }

    @Bean
    @ConditionalOnProperty(FaultSettings.ENABLED)
    FaultTable faultTable(JdbcTemplate jdbc) {
        return new FaultTable(jdbc);
    }

    @Bean
    @ConditionalOnProperty(FaultSettings.ENABLED)
    FaultWatch faultWatch(FaultTable table, Faults faults, FaultyWire wire) {
        return new FaultWatch(table, faults, wire);
    }

    @Bean
    @ConditionalOnProperty(FaultSettings.ENABLED)
    FaultStudio faultStudio(Faults faults, FaultTable table, FaultWatch watch) {
        return new FaultStudio(faults, table, watch);
    }

    @Bean
    HttpPaymentProvider builtInPaymentProvider(
            BuiltInProviderServer server, ObjectProvider<FaultyWire> wire, PaymentProperties properties) {
        PaymentProperties.Provider settings = properties.provider();
        FaultyWire faulty = wire.getIfAvailable();
        return new HttpPaymentProvider(
                requireNonNullElse(settings.url(), faulty == null ? server.uri() : faulty.uri()),
                settings.callTimeout());
    }
}
