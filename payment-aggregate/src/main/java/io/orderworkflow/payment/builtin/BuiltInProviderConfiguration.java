package io.orderworkflow.payment.builtin;

import static java.util.Objects.requireNonNullElse;

import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.payment.provider.HttpPaymentProvider;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
@EnableConfigurationProperties(PaymentProperties.class)
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
    BuiltInProviderServer builtInProviderServer(Ledger ledger, LedgerTable table, PaymentProperties properties) {
        return new BuiltInProviderServer(
                ledger,
                table,
                new Cashier(Behaviour::byToken),
                properties.builtIn().port());
    }

    @Bean
    HttpPaymentProvider builtInPaymentProvider(BuiltInProviderServer server, PaymentProperties properties) {
        PaymentProperties.Provider settings = properties.provider();
        return new HttpPaymentProvider(requireNonNullElse(settings.url(), server.uri()), settings.callTimeout());
    }
}
