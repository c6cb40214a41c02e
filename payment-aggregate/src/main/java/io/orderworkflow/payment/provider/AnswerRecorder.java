package io.orderworkflow.payment.provider;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** Tells a payment what the provider answered, in the name of whoever had it asked. */
final class AnswerRecorder {

    private final CommandGateway commands;

    AnswerRecorder(CommandGateway commands) {
        this.commands = commands;
    }

    /** Sends the answer; the payment has recorded it when the returned stage is complete. Never throws. */
    CompletableFuture<?> record(ProviderCall call, ProviderAnswer answer) {
        try {
            return commands.send(GenericCommandMessage.asCommandMessage(command(call, answer))
                    .withMetaData(call.metaData()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static PaymentCommand command(ProviderCall call, ProviderAnswer answer) {
        PaymentId paymentId = call.id().paymentId();
        ProviderAnswer.@Nullable Done done = answer instanceof ProviderAnswer.Done given ? given : null;
        @Nullable ProviderRefusal refusal = answer instanceof ProviderAnswer.Refused refused ? refused.refusal() : null;
        return switch (call.action()) {
            case AUTHORIZATION ->
                new RecordAuthorization(paymentId, done == null ? null : done.reference(), refusal, call.attempts());
            case CAPTURE -> new RecordCapture(paymentId, refusal, call.attempts());
            case REFUND -> {
                ProviderCall.Refund refund = call.requiredRefund();
                yield new RecordRefund(paymentId, refund.refundId(), refund.attempt(), refusal, call.attempts());
            }
            case VOID -> new RecordVoid(paymentId, done == null ? null : done.refunded(), refusal, call.attempts());
        };
    }
}
