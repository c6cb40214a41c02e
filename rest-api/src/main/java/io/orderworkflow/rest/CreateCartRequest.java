package io.orderworkflow.rest;

import io.orderworkflow.api.CustomerId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Whose cart it is to be. */
record CreateCartRequest(
        @NotNull(message = Rules.REQUIRED)
        @Pattern(regexp = CustomerId.FORMAT, message = Rules.IDENTIFIER)
        @Schema(example = "customer-1")
        String customerId) {}
