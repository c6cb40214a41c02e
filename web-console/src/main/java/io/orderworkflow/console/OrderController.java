package io.orderworkflow.console;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.platform.observability.AxonServerDashboard;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One order: all of it, as it is and as it was. */
@Controller
@RequestMapping("/console/orders/{orderId}")
final class OrderController {

    private final ReadSide readSide;
    private final AxonServerDashboard dashboard;

    OrderController(ReadSide readSide, AxonServerDashboard dashboard) {
        this.readSide = readSide;
        this.dashboard = dashboard;
    }

    @GetMapping
    String order(@PathVariable("orderId") String number, Visit visit, Model model) {
        OrderId orderId = orderId(number);
        CompletableFuture<Optional<OrderView>> asked = readSide.find(new FindOrder(orderId), OrderView.class, visit);
        CompletableFuture<Optional<PaymentView>> payment =
                readSide.find(new FindPayment(PaymentId.forOrder(orderId)), PaymentView.class, visit);
        CompletableFuture<OrderTimeline> timeline = timeline(orderId, visit);
        CompletableFuture<WorkflowSteps> steps = steps(orderId, visit);
        CompletableFuture<ParkedStepPage> parked =
                readSide.ask(new FindParkedSteps(number, null, null, 0, Page.MAX_SIZE), ParkedStepPage.class, visit);
        OrderView order = ReadSide.answer(asked).orElseThrow(() -> unknown(number));
        List<OrderTimeline.Entry> entries = ReadSide.answer(timeline).entries();
        WorkflowSteps taken = ReadSide.answer(steps);
        model.addAttribute("title", "Order " + number.substring(0, 8));
        model.addAttribute("order", order);
        model.addAttribute("standing", OrderListing.standing(order));
        model.addAttribute("may", OrderActions.on(order));
        model.addAttribute("way", OrderWay.of(order, entries, taken.open()));
        model.addAttribute("waits", taken.open());
        model.addAttribute("parked", ReadSide.answer(parked).items());
        model.addAttribute("payment", ReadSide.answer(payment).orElse(null));
        model.addAttribute("stock", StockEffect.of(entries));
        model.addAttribute("entries", entries);
        model.addAttribute("causes", Causation.of(entries, taken.steps()));
        model.addAttribute(
                "search",
                dashboard.searchFor(
                        entries.stream().map(OrderTimeline.Entry::correlationId).toList()));
        model.addAttribute("key", UUID.randomUUID());
        return "console/order";
    }

    @GetMapping("/moment")
    String moment(
            @PathVariable("orderId") String number,
            @RequestParam(required = false) @Nullable String at,
            Visit visit,
            Model model) {
        OrderId orderId = orderId(number);
        CompletableFuture<OrderTimeline> timeline = timeline(orderId, visit);
        CompletableFuture<WorkflowSteps> steps = steps(orderId, visit);
        List<OrderTimeline.Entry> entries = ReadSide.answer(timeline).entries();
        if (entries.isEmpty()) {
            throw unknown(number);
        }
        model.addAttribute("orderId", orderId);
        model.addAttribute(
                "moment",
                OrderMoment.of(orderId, entries, ReadSide.answer(steps).steps(), Asked.number(at), readSide, visit));
        return "console/moment";
    }

    @GetMapping("/cancellation")
    String cancellation(@PathVariable("orderId") String number, Visit visit, Model model) {
        OrderId orderId = orderId(number);
        model.addAttribute("orderId", orderId);
        model.addAttribute(
                "plan",
                ReadSide.answer(readSide.find(new FindCancellationPlan(orderId), CancellationPlan.class, visit))
                        .orElseThrow(() -> unknown(number)));
        return "console/cancellation";
    }

    private CompletableFuture<OrderTimeline> timeline(OrderId orderId, Visit visit) {
        return readSide.ask(new FindOrderTimeline(orderId), OrderTimeline.class, visit);
    }

    private CompletableFuture<WorkflowSteps> steps(OrderId orderId, Visit visit) {
        return readSide.ask(new FindWorkflowSteps(orderId), WorkflowSteps.class, visit);
    }

    static OrderId orderId(String number) {
        try {
            return OrderId.of(number);
        } catch (IllegalArgumentException broken) {
            throw unknown(number);
        }
    }

    static NoSuchPageException unknown(String number) {
        return new NoSuchPageException("There is no order with the number " + number + ".");
    }
}
