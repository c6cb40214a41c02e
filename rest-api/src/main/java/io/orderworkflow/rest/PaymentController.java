package io.orderworkflow.rest;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/payments", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Payments")
final class PaymentController {

    private final Gateways gateways;

    PaymentController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/{paymentId}")
    @Operation(summary = "A payment with every call to the provider")
    CompletableFuture<PaymentView> payment(@PathVariable PaymentId paymentId, Origin origin) {
        return gateways.find(new FindPayment(paymentId), PaymentView.class, origin)
                .thenApply(payment -> payment.orElseThrow(() -> ProblemException.unknown("payment", paymentId)));
    }
}
