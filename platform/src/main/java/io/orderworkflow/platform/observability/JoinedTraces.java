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
import org.axonframework.tracing.SpanScope;
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
        return joined(spans.createDispatchSpan(name, message, siblings), message);
    }

    private org.axonframework.tracing.Span joined(org.axonframework.tracing.Span span, Message<?> message) {
        Context cause = propagator.extract(Context.root(), message.getMetaData(), TextInMetaData.INSTANCE);
        SpanContext caused = Span.fromContext(cause).getSpanContext();
        boolean elsewhere = caused.isValid()
                && !caused.getTraceId().equals(Span.current().getSpanContext().getTraceId());
        return elsewhere ? new CausedSpan(span, cause) : span;
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
        org.axonframework.tracing.Span span = spans.createInternalSpan(name, message);
        // What sends a command within a process is no dispatch to Axon. Events are handled in a trace of their own if
        // they are old, and their handlers stay there.
        return message instanceof CommandMessage ? joined(span, message) : span;
    }

    @Override
    public void registerSpanAttributeProvider(SpanAttributesProvider provider) {
        spans.registerSpanAttributeProvider(provider);
    }

    @Override
    public <M extends Message<?>> M propagateContext(M message) {
        return spans.propagateContext(message);
    }

    /** Begun in the trace of its cause. */
    private record CausedSpan(org.axonframework.tracing.Span span, Context cause)
            implements org.axonframework.tracing.Span {

        @Override
        public org.axonframework.tracing.Span start() {
            cause.wrap(() -> {
                        span.start();
                    })
                    .run();
            return this;
        }

        @Override
        public SpanScope makeCurrent() {
            return span.makeCurrent();
        }

        @Override
        public void end() {
            span.end();
        }

        @Override
        public org.axonframework.tracing.Span recordException(Throwable failure) {
            span.recordException(failure);
            return this;
        }

        @Override
        public org.axonframework.tracing.Span addAttribute(String key, String value) {
            span.addAttribute(key, value);
            return this;
        }
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
