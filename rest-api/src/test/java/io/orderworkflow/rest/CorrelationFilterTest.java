package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderworkflow.platform.messaging.Correlation;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class CorrelationFilterTest extends RestApiTest {

    @Test
    void writesTheClientsIdOnEveryMessageAndEchoesIt() {
        Answer answer = post(
                "/api/orders",
                OrderControllerTest.BODY,
                "Idempotency-Key",
                "key-1",
                "Prefer",
                "wait=1",
                "X-Correlation-ID",
                "request 42");

        assertThat(answer.header("X-Correlation-ID")).isEqualTo("request 42");
        // the price look-up, the command, and the order that is followed, which is looked at again while it is awaited
        assertThat(backend.metaData())
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(MetaData.from(Map.of(
                        "correlationId",
                        "request 42",
                        "causationId",
                        "request 42",
                        "traceId",
                        Correlation.traceId("request 42"),
                        "userId",
                        "anonymous",
                        "source",
                        "rest")));
    }

    @Test
    void makesAnIdWhereThereIsNone() {
        Answer answer = get("/api/products");
        Answer other = get("/api/products");

        assertThat(answer.header("X-Correlation-ID")).matches("[0-9a-f-]{36}");
        assertThat(other.header("X-Correlation-ID")).isNotEqualTo(answer.header("X-Correlation-ID"));
        assertThat(backend.metaData())
                .extracting(metaData -> metaData.get("correlationId"))
                .containsExactly(answer.header("X-Correlation-ID"), other.header("X-Correlation-ID"));
    }

    @Test
    void echoesTheIdWhenTheRequestFails() {
        assertThat(get("/api/nothing", "X-Correlation-ID", "abc")
                        .isProblem(ProblemType.UNKNOWN_ADDRESS)
                        .header("X-Correlation-ID"))
                .isEqualTo("abc");
        assertThat(post("/api/orders", "{", "Idempotency-Key", "k", "X-Correlation-ID", "abc")
                        .isProblem(ProblemType.MALFORMED_REQUEST)
                        .json()
                        .path("correlationId")
                        .asString())
                .isEqualTo("abc");
    }

    @Test
    void doesNotEchoWhatIsNoId() {
        Answer answer =
                get("/api/products", "X-Correlation-ID", "x".repeat(129)).isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.header("X-Correlation-ID")).matches("[0-9a-f-]{36}");
    }

    @Test
    void logsAFailureWithTheId() {
        Logger logger = (Logger) LoggerFactory.getLogger(ProblemAdvice.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            backend.onQuery(query -> {
                throw new IllegalStateException("broken");
            });
            get("/api/products", "X-Correlation-ID", "abc").isProblem(ProblemType.INTERNAL_ERROR);
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(appender.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getMDCPropertyMap()).containsEntry("correlationId", "abc"));
    }

    @Test
    void logsWithTheIdWhereAQueryIsAnswered() {
        AtomicReference<String> logged = new AtomicReference<>();
        backend.onQuery(query -> logged.set(MDC.get(Correlation.CORRELATION_ID)));
        get("/api/products", "X-Correlation-ID", "abc");

        assertThat(logged).hasValue("abc");
    }
}
