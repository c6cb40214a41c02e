package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Six processes, one a role, behind a real Axon Server. While orders come in Axon Server is killed with SIGKILL and
 * started again, then PostgreSQL, then one process after the other; after each of them every promise holds. The table is
 * in {@code target/lost-processes.md}. {@code -Dlost-processes.victims=saga,PostgreSQL} kills only these.
 */
@ExtendWith(RealAxonServer.JarRequired.class)
class SurvivesLossOfAnyProcessIT {

    private static final Logger log = LoggerFactory.getLogger(SurvivesLossOfAnyProcessIT.class);

    private static final String[] ROLES = {"order", "inventory", "payment", "saga", "query", "web"};
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PIECES = 1_000_000;
    private static final int ORDERS_PER_SECOND = Integer.getInteger("lost-processes.rate", 5);
    private static final String VICTIMS = System.getProperty("lost-processes.victims", "");
    private static final int ORDERS_AROUND_A_KILL = 5 * ORDERS_PER_SECOND;

    private int accepted;
    private final List<Row> table = new ArrayList<>();

    @Test
    void settlesEveryOrderWhicheverProcessIsKilled(@TempDir Path folder) throws Exception {
        // Longer than anything is away here: whatever is paid for is to end confirmed.
        try (ScaledOut program = ScaledOut.in(
                folder,
                "--order-workflow.saga.reservation-timeout=5m",
                "--order-workflow.saga.payment-timeout=5m",
                "--order-workflow.saga.stuck.overdue=1s")) {
            program.start(ROLES);
            program.shop("web").sells("A", "1.00", PIECES).sells("B", "2.00", PIECES);
            round(program, "nobody", () -> {}, () -> {});
            round(program, "Axon Server", program.axonServer()::kill, program.axonServer()::startAgain);
            round(program, "PostgreSQL", program.postgres()::kill, program.postgres()::startAgain);
            for (String role : ROLES) {
                round(program, role, () -> program.process(role).kill(), () -> program.start(role));
            }
        } finally {
            String lines =
                    Row.HEAD + String.join("", table.stream().map(Row::line).toList());
            log.info("\n{}", lines);
            Files.writeString(Path.of("target", "lost-processes.md"), lines);
        }
        assertThat(table).allSatisfy(row -> {
            assertThat(row.lost).as("orders lost").isZero();
            assertThat(row.stuck).as("orders stuck").isZero();
            assertThat(row.chargedTwice).as("payments taken twice").isZero();
            assertThat(row.broken).as("promises broken").isEmpty();
        });
    }

    private void round(ScaledOut program, String victim, Runnable kill, Runnable startAgain) {
        if (!VICTIMS.isEmpty() && !List.of(VICTIMS.split(",", -1)).contains(victim)) {
            return;
        }
        long killed;
        long running;
        Map<String, String> orders;
        try (SteadyOrders orderFlow =
                new SteadyOrders(victim.replace(' ', '-'), ORDERS_PER_SECOND, List.of(() -> program.shop("web")))) {
            await().atMost(PATIENCE).until(() -> orderFlow.count() >= ORDERS_AROUND_A_KILL);
            killed = System.nanoTime();
            kill.run();
            startAgain.run();
            running = System.nanoTime();
            int before = orderFlow.count();
            await().atMost(PATIENCE).until(() -> orderFlow.count() >= before + ORDERS_AROUND_A_KILL);
            orderFlow.end(PATIENCE);
            orders = orderFlow.accepted();
            accepted += orders.size();
            log.info(
                    "{} killed: {} orders, {} not at once: {}",
                    victim,
                    orders.size(),
                    orderFlow.failures().size(),
                    orderFlow.failures().values().stream().distinct().limit(5).toList());
        }
        Shop shop = program.shop("web");
        try {
            await().atMost(PATIENCE).until(() -> count(shop, "") == accepted && open(shop) == 0);
        } catch (ConditionTimeoutException stuck) {
            log.error("after {} {} orders are open, {} of {} known", victim, open(shop), count(shop, ""), accepted);
        }
        double settled = (System.nanoTime() - killed) / 1e9;
        Row row = new Row(
                victim,
                orders.size(),
                orders.values().stream()
                        .filter(order -> shop.get("/api/orders/" + order).status() != 200)
                        .count(),
                open(shop)
                        + shop.get("/api/admin/workflows?stuck=true")
                                .expect(200)
                                .body()
                                .get("items")
                                .size(),
                program.provider()
                        .get("/v1/ledger/summary")
                        .expect(200)
                        .body()
                        .get("paymentsCapturedTwice")
                        .asLong(),
                (running - killed) / 1e9,
                settled,
                brokenPromises(shop, orders));
        log.info(row.line());
        table.add(row);
    }

    private static List<String> brokenPromises(Shop shop, Map<String, String> orders) {
        List<String> broken = new ArrayList<>();
        orders.forEach((key, order) -> {
            String status = shop.orderView(order).get("status").asString();
            if (!status.equals(SteadyOrders.expectedStatus(key))) {
                broken.add(key + " " + order + " is " + status);
            }
        });
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                long confirmed = count(shop, "status=CONFIRMED&");
                expectStock(shop, "A", PIECES - confirmed);
                expectStock(shop, "B", PIECES - 2 * confirmed);
                JsonNode audit = shop.get("/api/admin/audit").expect(200).body();
                assertThat(audit.get("breaches")).isEmpty();
                assertThat(audit.get("suspicions").asLong()).as("suspicions").isZero();
            });
        } catch (ConditionTimeoutException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
        return broken;
    }

    private static long open(Shop shop) {
        return count(shop, "status=PLACED&") + count(shop, "status=RESERVED&");
    }

    private static long count(Shop shop, String filter) {
        JsonNode page = shop.get("/api/orders?" + filter + "size=1").expect(200).body();
        return page.at("/page/totalItems").asLong();
    }

    private static void expectStock(Shop shop, String sku, long onHand) {
        JsonNode stock = shop.stock(sku);
        assertThat(stock.get("onHand").asLong()).as(sku + " on hand").isEqualTo(onHand);
        assertThat(stock.get("reserved").asLong()).as(sku + " reserved").isZero();
    }

    /** What came of a kill. */
    private record Row(
            String killed,
            int orders,
            long lost,
            long stuck,
            long chargedTwice,
            double secondsAway,
            double secondsUntilSettled,
            List<String> broken) {

        static final String HEAD = """
                | killed | orders meanwhile | lost | stuck | charged twice | other promises broken | seconds until it ran again | seconds until all was settled |
                |---|---|---|---|---|---|---|---|
                """;

        String line() {
            return "| %s | %d | %d | %d | %d | %d | %.1f | %.1f |%n"
                    .formatted(
                            killed, orders, lost, stuck, chargedTwice, broken.size(), secondsAway, secondsUntilSettled);
        }
    }
}
