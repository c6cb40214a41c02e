package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** More orders come than are kept up with. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.rest.admission.most-events-behind=40",
            "order-workflow.demo-catalogue=false"
        })
@Import(ThrowawayDatabase.class)
class OverloadIT {

    private static final int CLIENTS = 16;

    @LocalServerPort
    private int port;

    @Test
    void turnsOrdersAwayThenSettlesThoseLetInAndLetsOrdersInAgain() throws Exception {
        Shop shop = new Shop(port);
        shop.sells("rush-1", "9.90", 1_000_000);

        List<Answer> answers = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            while (answers.stream().noneMatch(answer -> answer.status() == 503)) {
                assertThat(answers).as("orders that were all let in").hasSizeLessThan(20_000);
                int begun = answers.size();
                List<Callable<Answer>> rush = new ArrayList<>();
                for (int order = 0; order < 10 * CLIENTS; order++) {
                    String name = "rush" + (begun + order);
                    rush.add(() -> shop.placeOrder(name, "tok_ok", line("rush-1", 1)));
                }
                for (Future<Answer> placed : clients.invokeAll(rush)) {
                    answers.add(placed.get());
                }
            }
        } finally {
            clients.shutdownNow();
        }

        for (Answer answer : answers) {
            if (answer.status() == 503) {
                assertThat(answer.body().get("type").asString()).endsWith("overloaded");
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 10L);
            } else {
                String orderId = answer.expect(202).body().get("orderId").asString();
                await(orderId)
                        .atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(
                                        shop.orderView(orderId).get("status").asString())
                                .isEqualTo("CONFIRMED"));
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> shop.placeOrder("afterwards", "tok_ok", line("rush-1", 1))
                                .status()
                        == 202);
    }
}
