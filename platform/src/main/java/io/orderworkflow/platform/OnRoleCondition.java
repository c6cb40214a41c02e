package io.orderworkflow.platform;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

final class OnRoleCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Role role = metadata.getAnnotations().get(ConditionalOnRole.class).getEnum("value", Role.class);
        Set<Role> running = Binder.get(context.getEnvironment())
                .bind("order-workflow.roles", Bindable.setOf(Role.class))
                .orElseGet(() -> EnumSet.allOf(Role.class));
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnRole.class);
        return running.contains(role)
                ? ConditionOutcome.match(message.because(role + " is one of " + running))
                : ConditionOutcome.noMatch(message.because(role + " is none of " + running));
    }
}
