package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OriginTest {

    private static final String KEY = "trace-of-test";

    private final ThreadLocal<String> trace = new ThreadLocal<>();

    @BeforeEach
    void traceThreads() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, trace);
    }

    @AfterEach
    void stopTracing() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    }

    @Test
    void surroundsTheWorkForARequestOnOtherThreads() {
        trace.set("trace-1");
        Origin origin = Origin.anonymous("abc");
        trace.remove();
        List<String> seen = new ArrayList<>();
        CompletableFuture.runAsync(origin.around(() -> {
                    seen.add(trace.get());
                    seen.add(MDC.get("correlationId"));
                }))
                .join();

        assertThat(seen).containsExactly("trace-1", "abc");
    }

    @Test
    void leavesNothingBehind() {
        trace.set("trace-1");
        Origin origin = Origin.anonymous("abc");
        trace.remove();
        origin.around(() -> {}).run();

        assertThat(trace.get()).isNull();
        assertThat(MDC.get("correlationId")).isNull();
    }

    @Test
    void seesWhatIsKnownLater() {
        Origin early = Origin.anonymous("abc");
        trace.set("trace-2");
        Origin late = early.here(Consistency.none());
        trace.remove();
        List<String> seen = new ArrayList<>();
        late.around(() -> seen.add(trace.get())).run();

        assertThat(seen).containsExactly("trace-2");
        assertThat(late.correlationId()).isEqualTo("abc");
    }
}
