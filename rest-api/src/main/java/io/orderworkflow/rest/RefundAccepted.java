package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;

/**
 * Says that a refund was accepted, the same each time that it is asked for.
 *
 * @param orderId the order
 * @param refundId the refund, by which it is found among those of the payment
 */
record RefundAccepted(OrderId orderId, RefundId refundId) {}
