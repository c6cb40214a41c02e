package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FaultScenarios.Scenario;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.FindFaultScenarios;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsControllerTest extends PageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private void stands(FaultScenarios scenarios, DemoOrders demo) {
        answers.to(FindFaultScenarios.class, FaultScenarios.class, query -> scenarios);
        answers.to(FindDemoOrders.class, DemoOrders.class, query -> demo);
    }

    private static FaultScenarios scenarios() {
        return new FaultScenarios(
                true,
                null,
                List.of(
                        new Scenario("lost-answers", "Answers are lost", List.of("20 %: lost"), false, null, null),
                        new Scenario("slow-bank", "The bank is slow", List.of("All: late"), true, NOON, "ada")));
    }

    @Test
    void offersToSwitchEachScenario() {
        stands(scenarios(), new DemoOrders(true, false, null, null, null, null, 0, 0, 0, null));

        assertThat(page("/console/faults"))
                .contains("data-action=\"PUT /api/admin/faults/lost-answers\"", "20 %: lost")
                .contains("data-action=\"DELETE /api/admin/faults/slow-bank\"", "All: late")
                .contains("aria-label=\"Switch on: Answers are lost\"", "aria-label=\"Switch off: The bank is slow\"")
                .contains("Idle", "data-action=\"POST /api/admin/demo-orders\"");
    }

    @Test
    void tellsHowTheDemoDriverStands() {
        stands(
                scenarios(),
                new DemoOrders(true, true, 5.0, NOON, null, null, 1_234, 2, 4.94, "there is nothing to order"));

        assertThat(part("demo", "/console/faults"))
                .contains("Placing orders", "5.0 a second", "1,234 (4.9 a second)", "there is nothing to order")
                .contains("when it is stopped")
                .doesNotContain("<form");
    }

    @Test
    void saysWhyNothingCanBeBroken() {
        stands(
                new FaultScenarios(false, "The program was started without it.", List.of()),
                new DemoOrders(false, false, null, null, null, null, 0, 0, 0, null));

        assertThat(page("/console/faults"))
                .contains("The program was started without it.")
                .doesNotContain("<form", "Place orders");
    }

    @Test
    void isNotOfferedWhereItIsOff() {
        stands(
                new FaultScenarios(false, "The program was started without it.", List.of()),
                new DemoOrders(false, false, null, null, null, null, 0, 0, 0, null));

        assertThat(page("/console/faults")).doesNotContain("href=\"/console/faults\"");
    }
}
