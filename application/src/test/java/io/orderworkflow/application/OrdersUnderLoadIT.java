package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What is true of a program with many orders on their way. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.saga.payment-timeout=8s",
            "order-workflow.payment.provider.call-timeout=1s",
            "order-workflow.audit.interval=1h",
            "order-workflow.audit.grace=10s",
            "order-workflow.demo-catalogue=false",
            // What orders cost is counted, not how many are let in.
            "order-workflow.rest.admission.most-events-behind=0"
        })
@Import({CountedStatements.class, ThrowawayDatabase.class})
class OrdersUnderLoadIT {

    private static final Logger log = LoggerFactory.getLogger(OrdersUnderLoadIT.class);

    private static final int CLIENTS = 16;
    private static final int ORDERS = 800;
    private static final String[] TOKENS = {
        "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_declined", "tok_capture_fails", "tok_flaky", "tok_lost"
    };

    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_500;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    /** Counts, and no times: so it holds on any machine. */
    @Test
    void costNoMoreThanIsBudgeted() throws Exception {
        Properties budgets = PropertiesLoaderUtils.loadAllProperties("budgets.properties");
        Shop shop = new Shop(port);
        for (int sku = 0; sku < 50; sku++) {
            shop.sells("cost-" + sku, "9.90", 1_000_000);
        }
        settle(shop, "warm", WARM_UP);

        Map<String, Double> before = counts();
        settle(shop, "cost", MEASURED);
        Map<String, Double> after = counts();

        assertThat(after.keySet()).isEqualTo(budgets.stringPropertyNames());
        SoftAssertions within = new SoftAssertions();
        after.forEach((what, count) -> {
            double anOrder = (count - requireNonNull(before.get(what))) / MEASURED;
            log.info("an order takes {} {}", String.format(Locale.ROOT, "%.2f", anOrder), what);
            within.assertThat(anOrder)
                    .as(what + " an order")
                    .isPositive()
                    .isLessThanOrEqualTo(Double.parseDouble(budgets.getProperty(what)));
        });
        within.assertAll();
    }

    private void settle(Shop shop, String name, int orders) throws Exception {
        long settled = settled() + orders;
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> placed = new ArrayList<>();
            for (int order = 0; order < orders; order++) {
                int number = order;
                placed.add(clients.submit(() -> shop.placeOrder(
                                name + number,
                                number % 20 == 0 ? "tok_declined" : "tok_ok",
                                line("cost-" + number % 50, 1),
                                line("cost-" + (number * 7 + 3) % 50, 2))
                        .expect(202)));
            }
            for (Future<?> order : placed) {
                order.get();
            }
        } finally {
            clients.shutdownNow();
        }
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(settled()).isEqualTo(settled));
    }

    private long settled() {
        return (long) number("""
                select coalesce(sum(orders), 0) from orders.order_count where status in ('CONFIRMED', 'REJECTED')
                """);
    }

    private double number(String sql) {
        return requireNonNull(jdbc.queryForObject(sql, Double.class));
    }

    private Map<String, Double> counts() {
        return Map.of(
                "commands",
                meters.get("order.workflow.messages").tag("component", "commandBus").timers().stream()
                        .mapToDouble(Timer::count)
                        .sum(),
                "statements",
                (double) CountedStatements.executed(),
                "write-transactions",
                number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
                "wal-bytes",
                number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));
    }

    @Test
    void auditorRaisesNoFalseAlarm() throws Exception {
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
