package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/admin/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class WorkflowController {

    private final Gateways gateways;

    WorkflowController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(
            summary = "Orders and refunds that have not come to their end, the one that has waited longest first;"
                    + " with `stuck=true` only those that somebody should look at")
    CompletableFuture<WorkflowPage> workflows(
            @RequestParam(defaultValue = "false") boolean stuck,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        return gateways.ask(new FindWorkflows(null, stuck, page, size), WorkflowPage.class, origin);
    }

    @PostMapping("/{orderId}/nudge")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has what an order, or a refund of it, waits for asked again")
    CompletableFuture<Void> nudge(@PathVariable OrderId orderId, Origin origin) {
        return gateways.ask(new FindWorkflows(orderId, false, 0, Page.MAX_SIZE), WorkflowPage.class, origin)
                .thenCompose(open -> open.items().isEmpty()
                        ? nothingToNudge(orderId, origin)
                        : nudge(open.items(), orderId, origin));
    }

    private CompletableFuture<Void> nudge(List<Workflow> open, OrderId orderId, Origin origin) {
        List<CompletableFuture<Object>> nudges = open.stream()
                .filter(workflow -> !workflow.parked())
                .map(workflow -> gateways.send(nudgeOf(orderId, workflow.refundId()), origin))
                .toList();
        if (nudges.isEmpty()) {
            throw ProblemException.of(
                    ProblemType.NOTHING_TO_NUDGE,
                    "A step of order " + orderId + " is parked: nothing is asked before that is retried or discarded.");
        }
        return CompletableFuture.allOf(nudges.toArray(CompletableFuture[]::new));
    }

    private static Object nudgeOf(OrderId orderId, @Nullable RefundId refundId) {
        return refundId == null ? new NudgeOrder(orderId) : new NudgeRefund(orderId, refundId);
    }

    private CompletableFuture<Void> nothingToNudge(OrderId orderId, Origin origin) {
        return gateways.find(new FindOrder(orderId), OrderView.class, origin).thenApply(order -> {
            if (order.isEmpty()) {
                throw ProblemException.unknown("order", orderId);
            }
            throw ProblemException.of(
                    ProblemType.NOTHING_TO_NUDGE, "Order " + orderId + " waits for nothing, nor does a refund of it.");
        });
    }
}
