package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FindFaultScenarios;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;

/** Says why no faults can be made here. */
@SuppressWarnings("DoNotCallSuggester") // Called by the command bus.
final class NoFaultStudio {

    private final String why;

    NoFaultStudio(String why) {
        this.why = why;
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOn command) {
        throw refused();
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOff command) {
        throw refused();
    }

    @QueryHandler
    FaultScenarios handle(FindFaultScenarios query) {
        return new FaultScenarios(false, why, List.of());
    }

    private CommandRefusedException refused() {
        return new CommandRefusedException(Refusal.Code.FAULTS_DISABLED, why);
    }
}
