package io.orderworkflow.platform.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.tracing.SpanAttributesProvider;
import org.axonframework.tracing.SpanFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message that is sent belong to the trace of what caused it, as its metadata says. Axon lets it belong to
 * whatever the thread is busy with at that moment: here that is a whole batch, of many orders, or nothing at all.
 */
final class JoinedTraces implements SpanFactory {

    private final SpanFactory spans;
    private final TextMapPropagator propagator;

    JoinedTraces(SpanFactory spans, TextMapPropagator propagator) {
        this.spans = spans;
        this.propagator = propagator;
    }

    @Override
    public org.axonframework.tracing.Span createDispatchSpan(
            Supplier<String> name, Message<?> message, Message<?>... siblings) {
        return inTraceOf(message, () -> spans.createDispatchSpan(name, message, siblings));
    }

    /** Makes a span, whose parent is the one that is current when it is made. */
    private org.axonframework.tracing.Span inTraceOf(
            Message<?> message, Supplier<org.axonframework.tracing.Span> span) {
        Context cause = propagator.extract(Context.root(), message.getMetaData(), TextInMetaData.INSTANCE);
        SpanContext caused = Span.fromContext(cause).getSpanContext();
        boolean elsewhere = caused.isValid()
                && !caused.getTraceId().equals(Span.current().getSpanContext().getTraceId());
        return elsewhere ? cause.wrapSupplier(span).get() : span.get();
    }

    @Override
    public org.axonframework.tracing.Span createRootTrace(Supplier<String> name) {
        return spans.createRootTrace(name);
    }

    @Override
    public org.axonframework.tracing.Span createHandlerSpan(
            Supplier<String> name, Message<?> parent, boolean isChildTrace, Message<?>... linkedParents) {
        return spans.createHandlerSpan(name, parent, isChildTrace, linkedParents);
    }

    @Override
    public org.axonframework.tracing.Span createInternalSpan(Supplier<String> name) {
        return spans.createInternalSpan(name);
    }

    @Override
    public org.axonframework.tracing.Span createInternalSpan(Supplier<String> name, Message<?> message) {
        Supplier<org.axonframework.tracing.Span> span = () -> spans.createInternalSpan(name, message);
        // What sends a command within a process is no dispatch to Axon. Events are handled in a trace of their own if
        // they are old, and their handlers stay there.
        return message instanceof CommandMessage ? inTraceOf(message, span) : span.get();
    }

    @Override
    public void registerSpanAttributeProvider(SpanAttributesProvider provider) {
        spans.registerSpanAttributeProvider(provider);
    }

    @Override
    public <M extends Message<?>> M propagateContext(M message) {
        return spans.propagateContext(message);
    }

    private enum TextInMetaData implements TextMapGetter<Map<String, ?>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, ?> metaData) {
            return metaData.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, ?> metaData, String key) {
            return metaData != null && metaData.get(key) instanceof String text ? text : null;
        }
    }
}
