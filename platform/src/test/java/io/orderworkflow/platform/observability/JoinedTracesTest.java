package io.orderworkflow.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.opentelemetry.OpenTelemetrySpanFactory;
import org.junit.jupiter.api.Test;

class JoinedTracesTest {

    private static final String CAUSE = "0af7651916cd43dd8448eb211c80319c";
    private static final Map<String, String> CAUSED = Map.of("traceparent", "00-" + CAUSE + "-b7ad6b7169203331-01");

    private final Tracer tracer = SdkTracerProvider.builder().build().get("test");
    private final SpanFactory spans = new JoinedTraces(
            OpenTelemetrySpanFactory.builder()
                    .tracer(tracer)
                    .contextPropagators(W3CTraceContextPropagator.getInstance())
                    .build(),
            W3CTraceContextPropagator.getInstance());
    private final Span batch = tracer.spanBuilder("batch").startSpan();

    @Test
    void sendsACommandInTheTraceOfItsCause() {
        CommandMessage<String> command = new GenericCommandMessage<>("do it", CAUSED);

        assertThat(traceInBatch(() -> spans.createDispatchSpan(() -> "to Axon Server", command)))
                .isEqualTo(CAUSE);
        assertThat(traceInBatch(() -> spans.createInternalSpan(() -> "within the process", command)))
                .isEqualTo(CAUSE);
    }

    @Test
    void leavesInTheBatchWhatHasNoCause() {
        CommandMessage<String> command = new GenericCommandMessage<>("do it", Map.of());

        assertThat(traceInBatch(() -> spans.createDispatchSpan(() -> "to Axon Server", command)))
                .isEqualTo(ofBatch());
    }

    @Test
    void leavesHandlersInTheTraceThatTheirProcessorHasChosen() {
        EventMessage<String> event = new GenericEventMessage<>("happened", CAUSED);

        assertThat(traceInBatch(() -> spans.createInternalSpan(() -> "handler", event)))
                .isEqualTo(ofBatch());
    }

    private String ofBatch() {
        return batch.getSpanContext().getTraceId();
    }

    /** Of what is done while a batch of many orders is handled. */
    private String traceInBatch(Supplier<org.axonframework.tracing.Span> span) {
        return Context.root()
                .with(batch)
                .wrapSupplier(() -> span.get()
                        .runSupplier(() -> Span.current().getSpanContext().getTraceId()))
                .get();
    }
}
