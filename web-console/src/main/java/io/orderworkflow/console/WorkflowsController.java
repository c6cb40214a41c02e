package io.orderworkflow.console;

import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.WorkflowPage;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Orders and refunds that have not come to their end: all, those that are stuck, and those whose step is parked. */
@Controller
final class WorkflowsController {

    static final int PAGE_SIZE = 50;

    /** Causes are gathered from as many as can be asked for at once. */
    private static final int MOST_OF_CAUSES = 200;

    private final ReadSide readSide;

    WorkflowsController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console/workflows")
    String workflows(
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(required = false) @Nullable String page,
            Visit visit,
            Model model) {
        Shown shown = Shown.of(show);
        int number = Asked.number(page);
        CompletableFuture<WorkflowPage> open = workflows(false, shown == Shown.OPEN ? number : 0, visit);
        CompletableFuture<WorkflowPage> stuck = workflows(true, shown == Shown.STUCK ? number : 0, visit);
        CompletableFuture<ParkedStepPage> parked = parked(shown == Shown.PARKED ? number : 0, PAGE_SIZE, visit);
        CompletableFuture<ParkedStepPage> ofCauses = parked(0, MOST_OF_CAUSES, visit);
        model.addAttribute("shown", shown);
        model.addAttribute("open", ReadSide.answer(open));
        model.addAttribute("stuck", ReadSide.answer(stuck));
        model.addAttribute("parked", ReadSide.answer(parked));
        model.addAttribute(
                "causes", FailureCause.of(ReadSide.answer(ofCauses).items(), step -> "", ParkedStepView::cause));
        model.addAttribute("addresses", new ListAddress("/console/workflows").with("show", shown.address));
        return "console/workflows";
    }

    private CompletableFuture<WorkflowPage> workflows(boolean stuck, int page, Visit visit) {
        return readSide.ask(new FindWorkflows(null, stuck, page, PAGE_SIZE), WorkflowPage.class, visit);
    }

    private CompletableFuture<ParkedStepPage> parked(int page, int size, Visit visit) {
        return readSide.ask(new FindParkedSteps(null, null, null, page, size), ParkedStepPage.class, visit);
    }

    /** Which of them are listed. */
    enum Shown {
        /** All that have not come to their end. */
        OPEN("open"),
        /** Those that somebody should look at. */
        STUCK("stuck"),
        /** Those with a step that failed. */
        PARKED("parked");

        private final String address;

        Shown(String address) {
            this.address = address;
        }

        private static Shown of(@Nullable String address) {
            for (Shown shown : values()) {
                if (shown.address.equals(address)) {
                    return shown;
                }
            }
            return OPEN;
        }
    }
}
