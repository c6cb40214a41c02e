package io.orderworkflow.rest;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.FindFaultScenarios;
import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;

/** Stands for the module that makes faults and places demo orders. */
final class StubFaults {

    static final String DISABLED = "disabled";
    static final double TAKEN = 50;

    private static final Instant SINCE = Instant.parse("2026-11-21T10:15:30Z");

    private final List<Object> received = new CopyOnWriteArrayList<>();

    void reset() {
        received.clear();
    }

    List<Object> received() {
        return List.copyOf(received);
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOn command) {
        received.add(command);
        if (command.scenario().equals(DISABLED)) {
            throw new CommandRefusedException(Refusal.Code.FAULTS_DISABLED, "No faults can be made here.");
        }
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOff command) {
        received.add(command);
        if (command.scenario().equals("unheard-of")) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no fault scenario unheard-of.");
        }
    }

    @QueryHandler
    FaultScenarios handle(FindFaultScenarios query) {
        return new FaultScenarios(
                true,
                null,
                List.of(new FaultScenarios.Scenario(
                        "slow-bank", "The bank is slow", List.of("All payments: late"), true, SINCE, "ada")));
    }

    @CommandHandler
    void handle(StartDemoOrders command) {
        received.add(command);
        if (command.perSecond() == TAKEN) {
            throw new CommandRefusedException(Refusal.Code.DEMO_ORDERS_RUNNING, "Demo orders are being placed.");
        }
    }

    @CommandHandler
    void handle(StopDemoOrders command) {
        received.add(command);
    }

    @QueryHandler
    DemoOrders handle(FindDemoOrders query) {
        return new DemoOrders(true, true, 5.0, SINCE, null, null, 10, 1, 4.9, "the catalogue is empty");
    }
}
