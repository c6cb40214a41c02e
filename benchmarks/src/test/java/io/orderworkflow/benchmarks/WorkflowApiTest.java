package io.orderworkflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderworkflow.benchmarks.StubProgram.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowApiTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:18089", "http://[::1]:8080"})
    void asksThisMachine(String url) {
        assertThatNoException().isThrownBy(() -> new WorkflowApi(URI.create(url), Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1:8080", "http://0.0.0.0:8080", "orders", "mailto:somebody"})
    void refusesToAskAnyOther(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkflowApi(URI.create(url), Duration.ZERO))
                .withMessageContaining("loopback");
    }

    @Test
    void givesUpWhenItsPatienceIsAtAnEnd() throws IOException {
        URI url;
        try (StubProgram program = new StubProgram(Fault.NONE)) {
            url = program.url();
        }
        WorkflowApi api = new WorkflowApi(url, Duration.ofMillis(300));
        assertThatThrownBy(() -> api.get("/api/orders")).hasMessageContaining("had no success for");
    }

    @Test
    void asksAgainWhenItIsToldTo() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 503 : 200, -1);
            exchange.close();
        });
        program.start();
        try {
            URI url = URI.create("http://localhost:" + program.getAddress().getPort());
            long asked = System.nanoTime();

            assertThat(new WorkflowApi(url, Duration.ofMinutes(1)).get("/").status())
                    .isEqualTo(200);

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(requests).hasValue(2);
        } finally {
            program.stop(0);
        }
    }
}
