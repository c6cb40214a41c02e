package io.orderworkflow.console;

import static io.orderworkflow.console.SampleOrders.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersControllerTest extends PageTest {

    @BeforeEach
    void someLettersAreParked() {
        answers.to(
                FindDeadLetters.class,
                DeadLetterPage.class,
                query -> "unknown".equals(query.processor())
                        ? null
                        : new DeadLetterPage(
                                List.of(letter("Order", orderId(1).toString()), letter("StockItem", "CUP-WHITE")),
                                Page.of(query.page(), query.size(), 2)));
    }

    private static DeadLetterView letter(String aggregateType, String sequence) {
        return new DeadLetterView(
                "order-view",
                sequence,
                "OrderPlaced",
                "event-" + aggregateType,
                aggregateType,
                "aggregate",
                0L,
                7L,
                ParkedStepState.RETRYING,
                Instant.EPOCH,
                Instant.EPOCH,
                4,
                "DataIntegrityViolationException",
                "the name is too long",
                Instant.EPOCH,
                3,
                List.of(new DeadLetterAction(
                        "order-view",
                        ParkedStepAction.Kind.RETRY,
                        Instant.EPOCH,
                        "olga",
                        "correlation",
                        "cause",
                        "message",
                        List.of("OrderPlaced"),
                        null)));
    }

    @Test
    void listsLettersWithTheirCauseAndWhatWasDone() {
        String page = page("/console/dead-letters");

        assertThat(page)
                .contains("href=\"/console/orders/" + orderId(1) + "\"")
                .contains("DataIntegrityViolationException", "the name is too long", "Retry by olga")
                .contains("Retry all 2")
                .contains("data-action=\"POST /api/admin/dead-letters/order-view/" + orderId(1) + "/retry\"")
                .contains("data-action=\"POST /api/admin/dead-letters/order-view/retry?cause="
                        + "DataIntegrityViolationException\"")
                .contains("data-discard=\"/api/admin/dead-letters/order-view/CUP-WHITE\"");
    }

    @Test
    void narrowsAsTheAddressSays() {
        assertThat(page("/console/dead-letters?processor=order-view&cause=X&state=PARKED"))
                .contains("Show all");

        assertThat(answers.asked(FindDeadLetters.class))
                .contains(new FindDeadLetters("order-view", null, "X", ParkedStepState.PARKED, 0, 50));
    }

    @Test
    void saysThatThereIsNoSuchProcessor() {
        assertThat(mvc.get().uri("/console/dead-letters?processor=unknown").exchange())
                .hasStatus(404);
    }
}
