package io.orderworkflow.console;

import static io.orderworkflow.console.SampleOrders.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowsControllerTest extends PageTest {

    @BeforeEach
    void someOrdersAreOpen() {
        answers.to(
                FindWorkflows.class,
                WorkflowPage.class,
                query -> new WorkflowPage(
                        query.stuck() ? List.of(stuck()) : List.of(stuck(), waiting()),
                        Page.of(query.page(), query.size(), query.stuck() ? 1 : 120)));
        answers.to(
                FindParkedSteps.class,
                ParkedStepPage.class,
                query -> new ParkedStepPage(
                        List.of(
                                parked(3, "IllegalStateException"),
                                parked(4, "IllegalStateException"),
                                parked(5, "X & Y")),
                        Page.of(query.page(), query.size(), 3)));
    }

    private static Workflow stuck() {
        return new Workflow(
                orderId(1),
                null,
                "AUTHORIZATION",
                "the payment's authorisation",
                Instant.EPOCH,
                null,
                3,
                true,
                false,
                true,
                "the provider is silent");
    }

    private static Workflow waiting() {
        return new Workflow(
                orderId(2),
                null,
                "RESERVATION",
                "the stock",
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                false,
                false,
                false,
                null);
    }

    private static ParkedStepView parked(int number, String cause) {
        return new ParkedStepView(
                orderId(number).toString(),
                "OrderProcessingSaga",
                "StockReserved",
                "event-" + number,
                ParkedStepState.PARKED,
                Instant.EPOCH,
                Instant.EPOCH,
                3,
                cause,
                "it broke <here>",
                null,
                2,
                List.of());
    }

    @Test
    void listsWhatIsOpenWithReasonAndWhatItWaitsFor() {
        String page = page("/console/workflows");

        assertThat(page)
                .contains("<b>120</b> Open", "<b>1</b> Stuck", "<b>3</b> Parked")
                .contains("the payment&#39;s authorisation", "the provider is silent", "waits for a person", "3×")
                .contains("data-action=\"POST /api/admin/workflows/" + orderId(1) + "/nudge\"")
                .contains("href=\"/console/workflows?show=open&amp;page=1\"");
    }

    @Test
    void listsOnlyWhatIsStuck() {
        assertThat(page("/console/workflows?show=stuck"))
                .contains("the provider is silent")
                .doesNotContain("the stock<");
    }

    @Test
    void listsParkedStepsAndOffersToRetryThemByCause() {
        String page = page("/console/workflows?show=parked");

        assertThat(page)
                .containsSubsequence("IllegalStateException", "Retry all 2", "X &amp; Y", "Retry it")
                .contains("data-action=\"POST /api/admin/parked-steps/retry?cause=IllegalStateException\"")
                .contains("data-action=\"POST /api/admin/parked-steps/retry?cause=X%20%26%20Y\"")
                .contains("it broke &lt;here&gt;")
                .contains("data-action=\"POST /api/admin/parked-steps/" + orderId(3) + "/retry\"")
                .contains("data-discard=\"/api/admin/parked-steps/" + orderId(3) + "\"");
    }

    @Test
    void answersAScriptWithTheListAlone() {
        assertThat(part("workflows", "/console/workflows").strip())
                .startsWith("<section id=\"workflows\"")
                .endsWith("</section>");
    }
}
