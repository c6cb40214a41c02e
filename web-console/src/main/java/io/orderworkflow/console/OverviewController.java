package io.orderworkflow.console;

import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindOrderFlow.Window;
import io.orderworkflow.api.order.OrderFlow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How orders flow, at a glance. */
@Controller
final class OverviewController {

    private final ReadSide readSide;

    OverviewController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console")
    String overview(@RequestParam(required = false) @Nullable String window, Visit visit, Model model) {
        Window chosen = Arrays.stream(Window.values())
                .filter(one -> one.label().equals(window))
                .findFirst()
                .orElse(Window.ONE_HOUR);
        OrderFlow flow = ReadSide.answer(readSide.ask(new FindOrderFlow(chosen), OrderFlow.class, visit));
        model.addAttribute("windows", Window.values());
        model.addAttribute("chosen", chosen);
        model.addAttribute("flow", new OrderFlowSummary(flow));
        return "console/overview";
    }
}
