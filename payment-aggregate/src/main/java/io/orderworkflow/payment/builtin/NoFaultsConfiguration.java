package io.orderworkflow.payment.builtin;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Has whoever wants to make faults told why that is not possible here. */
@AutoConfiguration(after = BuiltInProviderConfiguration.class)
@ConditionalOnRole(Role.PAYMENT)
@ConditionalOnMissingBean(FaultStudio.class)
@EnableConfigurationProperties(FaultSettings.class)
final class NoFaultsConfiguration {

    @Bean
    NoFaultStudio noFaultStudio(FaultSettings settings) {
        return new NoFaultStudio(
                settings.enabled()
                        ? "Faults are made by the built-in payment provider, and this program uses another one."
                        : "The program was started without " + FaultSettings.ENABLED + "=true.");
    }
}
