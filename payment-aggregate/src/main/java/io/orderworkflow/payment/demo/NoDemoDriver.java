package io.orderworkflow.payment.demo;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.platform.CommandRefusedException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;

/** Says why no demo orders can be placed here. */
@SuppressWarnings("DoNotCallSuggester") // Called by the command bus.
final class NoDemoDriver {

    @CommandHandler
    void handle(StartDemoOrders command) {
        throw refused();
    }

    @CommandHandler
    void handle(StopDemoOrders command) {
        throw refused();
    }

    @QueryHandler
    DemoOrders handle(FindDemoOrders query) {
        return new DemoOrders(false, false, null, null, null, null, 0, 0, 0, null);
    }

    private static CommandRefusedException refused() {
        return new CommandRefusedException(
                Refusal.Code.FAULTS_DISABLED,
                "Demo orders are placed only in a program that was started with order-workflow.faults.enabled=true and"
                        + " uses its built-in payment provider.");
    }
}
