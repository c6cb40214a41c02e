package io.orderworkflow.console;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of orders. */
@Controller
final class OrdersController {

    /** Of those that are stuck, as many as can be asked for at once are marked in the list. */
    private static final int MOST_STUCK = 200;

    private final ReadSide readSide;

    OrdersController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console/orders")
    String orders(@RequestParam MultiValueMap<String, String> parameters, Visit visit, Model model) {
        OrderFilter filter = new OrderFilter(parameters);
        CompletableFuture<OrderPage> orders = readSide.ask(filter.query(), OrderPage.class, visit);
        CompletableFuture<Map<OrderId, Workflow>> stuck = stuck(visit);
        OrderPage page = ReadSide.answer(orders);
        Map<OrderId, Workflow> waiting = ReadSide.answer(stuck);
        model.addAttribute("filter", filter);
        model.addAttribute("addresses", filter.address());
        model.addAttribute("statuses", OrderStatus.values());
        model.addAttribute("page", page.page());
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(order -> OrderListing.of(order, waiting.get(order.orderId())))
                        .toList());
        return "console/orders";
    }

    /** The list is worth showing without them. */
    private CompletableFuture<Map<OrderId, Workflow>> stuck(Visit visit) {
        return readSide.ask(new FindWorkflows(null, true, 0, MOST_STUCK), WorkflowPage.class, visit)
                .handle((found, failure) -> failure == null ? found.items() : List.<Workflow>of())
                .thenApply(workflows -> workflows.stream()
                        .collect(Collectors.toMap(Workflow::orderId, Function.identity(), (first, second) -> first)));
    }
}
