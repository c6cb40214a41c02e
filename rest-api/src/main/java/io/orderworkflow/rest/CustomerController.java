package io.orderworkflow.rest;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/customers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
final class CustomerController {

    private final Gateways gateways;

    CustomerController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/{customerId}/orders")
    @Operation(summary = "What a customer has ordered, the newest first unless sorted otherwise")
    CompletableFuture<OrderPage> orders(
            @PathVariable CustomerId customerId,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            @RequestParam(defaultValue = "") String sort,
            Origin origin) {
        return gateways.ask(
                new FindOrders(
                        Set.of(), customerId, null, null, null, page, size, Sorting.parse(sort, FindOrders.SORTABLE)),
                OrderPage.class,
                origin);
    }
}
