package io.orderworkflow.platform.schedule;

import java.time.Instant;
import org.axonframework.common.Registration;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ScopeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Stands where Axon would put deadlines that are kept in memory, and lost with the process, without a word. Ours go
 * through the {@link CommandSchedule}.
 */
final class NoDeadlines implements DeadlineManager {

    @Override
    public String schedule(Instant due, String name, @Nullable Object payload, ScopeDescriptor scope) {
        throw refusal(name);
    }

    @Override
    public void cancelSchedule(String name, String scheduleId) {
        throw refusal(name);
    }

    @Override
    public void cancelAll(String name) {
        throw refusal(name);
    }

    @Override
    public void cancelAllWithinScope(String name, ScopeDescriptor scope) {
        throw refusal(name);
    }

    private static UnsupportedOperationException refusal(String name) {
        return new UnsupportedOperationException("deadline " + name + ": use the CommandSchedule, which is durable");
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super DeadlineMessage<?>> interceptor) {
        return () -> true;
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super DeadlineMessage<?>> interceptor) {
        return () -> true;
    }
}
