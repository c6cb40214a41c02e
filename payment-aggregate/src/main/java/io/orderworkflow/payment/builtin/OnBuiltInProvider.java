package io.orderworkflow.payment.builtin;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the built-in provider is switched on, or if nothing is said and there is no other provider's address. */
final class OnBuiltInProvider extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        boolean hasAddress = environment.containsProperty("order-workflow.payment.provider.url");
        Boolean enabled = environment.getProperty("order-workflow.payment.built-in.enabled", Boolean.class);
        boolean matches = enabled != null ? enabled : !hasAddress;
        ConditionMessage message = ConditionMessage.forCondition("built-in payment provider")
                .because("enabled: " + enabled + ", address of another provider given: " + hasAddress);
        return new ConditionOutcome(matches, message);
    }
}
