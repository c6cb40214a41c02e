package io.orderworkflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderworkflow.benchmarks.StubProgram.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load driver itself: what it says has to be worth something. */
class LoadRunTest {

    private static final int ORDERS = 450;
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource(names = {"NONE", "BUSY", "ANSWERS_ARE_LOST"})
    void placesEveryOrderOnceHoweverOftenItHasToAsk(Fault fault) throws IOException {
        try (StubProgram program = new StubProgram(fault)) {
            assertThat(succeeds(program, PATIENT)).as(said()).isTrue();
            assertThat(program.orders()).isEqualTo(ORDERS);
        }
        assertThat(said())
                .contains(
                        "confirmed          428 of 428", "declined           22 of 22", "stock              conserved");
    }

    @Test
    void failsWhenStockIsNotConserved() throws IOException {
        try (StubProgram program = new StubProgram(Fault.A_DEBIT_IS_LOST)) {
            assertThat(succeeds(program, IMPATIENT)).isFalse();
        }
        assertThat(said()).contains("WRONG: stock of load-test-");
    }

    @Test
    void failsWhenADeclinedOrderIsConfirmed() throws IOException {
        try (StubProgram program = new StubProgram(Fault.DECLINED_ORDERS_ARE_CONFIRMED)) {
            assertThat(succeeds(program, IMPATIENT)).isFalse();
        }
        assertThat(said())
                .contains("declined           0 of 22", "was to be declined, and is CONFIRMED", "and 12 more");
    }

    @Test
    void failsWhenTheProgramDoesNotNoticeThatAnOrderIsSettled() throws IOException {
        try (StubProgram program = new StubProgram(Fault.SETTLED_IS_NOT_NOTICED)) {
            assertThat(succeeds(program, PATIENT)).isFalse();
        }
        assertThat(said()).contains("was settled, but Prefer: wait was answered as if it was not", "and 35 more");
    }

    @Test
    void givesUpWhenAnOrderDoesNotSettle() throws IOException {
        try (StubProgram program = new StubProgram(Fault.AN_ORDER_STAYS_OPEN)) {
            assertThatThrownBy(() -> succeeds(program, IMPATIENT))
                    .hasMessageContaining("450 orders are accepted, 449 seen settled");
        }
    }

    @Test
    void measuresThatADueOrderHadToWait() throws IOException {
        try (StubProgram program = new StubProgram(Fault.NONE)) {
            LoadOptions options = LoadOptions.parse(
                    "50",
                    "--rate",
                    "500",
                    "--clients",
                    "2",
                    "--skus",
                    "3",
                    "--url",
                    program.url().toString());
            assertThat(succeeds(program, PATIENT, options)).as(said()).isTrue();
        }
        assertThat(said()).contains("500 orders due a second", "(5 orders, every 10th");
    }

    @Test
    void followsOrdersOnStreams() throws IOException {
        try (StubProgram program = new StubProgram(Fault.NONE)) {
            assertThat(succeeds(program, PATIENT, followingSeven(program)))
                    .as(said())
                    .isTrue();
        }
        assertThat(said()).contains("7 of 7 open to the end, 7 of them saw their order settled; 7 events");
    }

    @Test
    void failsWhenAStreamEnds() throws IOException {
        try (StubProgram program = new StubProgram(Fault.STREAMS_END)) {
            assertThat(succeeds(program, IMPATIENT, followingSeven(program))).isFalse();
        }
        assertThat(said()).contains("0 of 7 open to the end");
    }

    private static LoadOptions followingSeven(StubProgram program) {
        return LoadOptions.parse("50", "--streams", "7", "--url", program.url().toString());
    }

    private boolean succeeds(StubProgram program, Duration patience) {
        return succeeds(
                program,
                patience,
                LoadOptions.parse(
                        Integer.toString(ORDERS),
                        "--skus",
                        "8",
                        "--url",
                        program.url().toString()));
    }

    private boolean succeeds(StubProgram program, Duration patience, LoadOptions options) {
        WorkflowApi api = new WorkflowApi(program.url(), patience);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new LoadRun(options, api, "test", patience, out).succeeds();
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
