package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FaultScenarios.Scenario;
import io.orderworkflow.api.fault.FindFaultScenarios;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.messaging.Correlation;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.queryhandling.QueryHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches fault scenarios on and off, as operators want it. */
final class FaultStudio {

    private static final Logger log = LoggerFactory.getLogger(FaultStudio.class);

    private final Faults faults;
    private final FaultTable table;
    private final FaultWatch watch;

    FaultStudio(Faults faults, FaultTable table, FaultWatch watch) {
        this.faults = faults;
        this.table = table;
        this.watch = watch;
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOn command, CommandMessage<SwitchFaultScenarioOn> message) {
        String by = String.valueOf(message.getMetaData().get(Correlation.USER_ID));
        table.switchOn(known(command.scenario()), by);
        watch.look();
        log.warn("{} switched the fault scenario {} on", by, command.scenario());
    }

    @CommandHandler
    void handle(SwitchFaultScenarioOff command) {
        table.switchOff(known(command.scenario()));
        watch.look();
        log.warn("the fault scenario {} is switched off", command.scenario());
    }

    private String known(String scenario) {
        if (!faults.scenarios().containsKey(scenario)) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no fault scenario " + scenario + ".");
        }
        return scenario;
    }

    @QueryHandler
    FaultScenarios handle(FindFaultScenarios query) {
        Map<String, FaultTable.On> on = table.on();
        return new FaultScenarios(
                true,
                null,
                faults.scenarios().values().stream()
                        .map(scenario -> view(scenario, on))
                        .toList());
    }

    private static Scenario view(FaultScenario scenario, Map<String, FaultTable.On> all) {
        FaultTable.On on = all.get(scenario.name());
        return new Scenario(
                scenario.name(),
                scenario.title(),
                scenario.inWords(),
                on != null,
                on == null ? null : on.since(),
                on == null ? null : on.by());
    }
}
