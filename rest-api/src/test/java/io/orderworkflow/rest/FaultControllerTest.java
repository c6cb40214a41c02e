package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultControllerTest extends RestApiTest {

    private static final String FAULTS = "/api/admin/faults";
    private static final String DEMO_ORDERS = "/api/admin/demo-orders";

    @Test
    void listsScenarios() {
        Answer answer = get(FAULTS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("enabled").asBoolean()).isTrue();
        assertThat(answer.json().path("items").get(0).toString())
                .isEqualTo("{\"name\":\"slow-bank\",\"title\":\"The bank is slow\",\"rules\":[\"All payments: late\"],"
                        + "\"on\":true,\"since\":\"2026-11-21T10:15:30Z\",\"by\":\"ada\"}");
    }

    @Test
    void switchesScenariosOnAndOff() {
        assertThat(put(FAULTS + "/slow-bank", "").status()).isEqualTo(204);
        assertThat(delete(FAULTS + "/slow-bank").status()).isEqualTo(204);

        assertThat(faults.received())
                .containsExactly(new SwitchFaultScenarioOn("slow-bank"), new SwitchFaultScenarioOff("slow-bank"));
    }

    @Test
    void saysWhyNoFaultCanBeMade() {
        Answer answer = put(FAULTS + "/" + StubFaults.DISABLED, "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/faults-disabled");
        assertThat(answer.json().path("detail").asString()).isEqualTo("No faults can be made here.");
    }

    @Test
    void knowsNoOtherScenario() {
        assertThat(delete(FAULTS + "/unheard-of").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Slow", "slow_bank", "slow%20bank", "a.json", "%00"})
    void refusesWhatIsNoName(String name) {
        Answer answer = put(FAULTS + "/" + name, "");

        assertThat(answer.status()).isEqualTo(400);
        if (!name.equals("%00")) {
            assertThat(answer.json().path("errors").get(0).path("field").asString())
                    .isEqualTo("scenario");
            assertThat(answer.json().path("errors").get(0).path("rule").asString())
                    .contains("a-z 0-9 -");
        }
        assertThat(faults.received()).isEmpty();
    }

    @Test
    void startsAndStopsDemoOrders() {
        assertThat(post(DEMO_ORDERS, "{\"perSecond\": 0.1}").status()).isEqualTo(202);
        assertThat(post(DEMO_ORDERS, "{\"perSecond\": 12.5, \"seconds\": 60}").status())
                .isEqualTo(202);
        assertThat(delete(DEMO_ORDERS).status()).isEqualTo(204);

        assertThat(faults.received())
                .containsExactly(new StartDemoOrders(0.1, null), new StartDemoOrders(12.5, 60), new StopDemoOrders());
    }

    @Test
    void saysThatDemoOrdersArePlacedAlready() {
        Answer answer = post(DEMO_ORDERS, "{\"perSecond\": 50}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/demo-orders-running");
    }

    @Test
    void tellsHowDemoOrdersGo() {
        assertThat(get(DEMO_ORDERS).json().toString())
                .isEqualTo("{\"enabled\":true,\"running\":true,\"perSecond\":5.0,"
                        + "\"startedAt\":\"2026-11-21T10:15:30Z\",\"endsAt\":null,\"endedAt\":null,\"placed\":10,"
                        + "\"failed\":1,\"actualPerSecond\":4.9,\"lastFailure\":\"the catalogue is empty\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | perSecond | is required",
                "{\"perSecond\": 0.09}             | perSecond | must be 0.1 to 50",
                "{\"perSecond\": 50.1}             | perSecond | must be 0.1 to 50",
                "{\"perSecond\": -1}               | perSecond | must be 0.1 to 50",
                "{\"perSecond\": 1e999}            | perSecond | must be 0.1 to 50",
                "{\"perSecond\": \"5\"}            | perSecond | must be a number",
                "{\"perSecond\": true}             | perSecond | must be a number",
                "{\"perSecond\": 5, \"seconds\": 0}     | seconds | must be 1 to 86400",
                "{\"perSecond\": 5, \"seconds\": 86401} | seconds | must be 1 to 86400",
                "{\"perSecond\": 5, \"seconds\": 1.5}   | seconds | must be a whole number",
            })
    void refusesARateOrATimeThatCannotBe(String body, String field, String rule) {
        Answer answer = post(DEMO_ORDERS, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo(field);
        assertThat(answer.json().path("errors").get(0).path("rule").asString()).isEqualTo(rule);
        assertThat(faults.received()).isEmpty();
    }

    private Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }
}
