package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The auditor, looking again and again while orders of every kind are on their way. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.saga.payment-timeout=8s",
            "order-workflow.payment.provider.call-timeout=1s",
            "order-workflow.audit.interval=1h",
            "order-workflow.audit.grace=10s",
            "order-workflow.demo-catalogue=false"
        })
@Import(ThrowawayDatabase.class)
class AuditUnderLoadIT {

    private static final int CLIENTS = 16;
    private static final int ORDERS = 800;
    private static final String[] TOKENS = {
        "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_declined", "tok_capture_fails", "tok_flaky", "tok_lost"
    };

    @LocalServerPort
    private int port;

    @Test
    void raisesNoFalseAlarm() throws Exception {
        Shop shop = new Shop(port);
        for (int sku = 0; sku < 5; sku++) {
            shop.sells("load-" + sku, "9.90", sku == 0 ? 100 : 100_000);
        }
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> placed = new ArrayList<>();
            for (int order = 0; order < ORDERS; order++) {
                int number = order;
                placed.add(clients.submit(() -> shop.order(
                                "load-" + number,
                                TOKENS[number % TOKENS.length],
                                line("load-" + number % 5, 1),
                                line("load-" + (number + 1) % 5, 2))
                        .expect(201, 202)));
            }
            int runs = 0;
            while (placed.stream().anyMatch(order -> !order.isDone())) {
                expectNoBreach(shop);
                runs++;
            }
            for (Future<?> order : placed) {
                order.get();
            }
            assertThat(runs).isGreaterThan(3);
        } finally {
            clients.shutdownNow();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(expectNoBreach(shop).get("suspicions").asLong())
                                .isZero());
    }

    private static JsonNode expectNoBreach(Shop shop) {
        JsonNode report = shop.get("/api/admin/audit").expect(200).body();
        assertThat(report.get("breaches")).isEmpty();
        assertThat(report.get("openBreaches").asLong()).isZero();
        return report;
    }
}
