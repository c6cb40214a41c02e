package io.orderworkflow.console;

import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.FindFaultScenarios;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Faults that are made on purpose, and orders that place themselves. */
@Controller
final class FaultsController {

    private final ReadSide readSide;

    FaultsController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console/faults")
    String faults(Visit visit, Model model) {
        CompletableFuture<FaultScenarios> scenarios =
                readSide.ask(new FindFaultScenarios(), FaultScenarios.class, visit);
        CompletableFuture<DemoOrders> demo = readSide.ask(new FindDemoOrders(), DemoOrders.class, visit);
        model.addAttribute("faults", ReadSide.answer(scenarios));
        model.addAttribute("demo", ReadSide.answer(demo));
        return "console/faults";
    }
}
