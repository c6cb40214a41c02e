package io.orderworkflow.payment.provider;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;

/** Stands in for the payments that the answers are recorded by: remembers the commands that reached it. */
final class RecordingPayments {

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CommandGateway gateway =
            DefaultCommandGateway.builder().commandBus(bus).build();
    private final List<CommandMessage<?>> recorded = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    RecordingPayments() {
        bus.registerDispatchInterceptor(messages -> {
            failIfTold(0);
            return (index, message) -> message;
        });
        for (Class<?> command :
                List.of(RecordAuthorization.class, RecordCapture.class, RecordRefund.class, RecordVoid.class)) {
            bus.subscribe(command.getName(), message -> {
                failIfTold(1);
                recorded.add(message);
                return null;
            });
        }
    }

    CommandGateway gateway() {
        return gateway;
    }

    /** Every other failure happens before the command has even left. */
    private void failIfTold(int remainder) {
        int left = failures.get();
        if (left > 0 && left % 2 == remainder) {
            failures.set(left - 1);
            throw new IllegalStateException("the payment could not be reached");
        }
    }

    /** Makes the next so many commands fail. */
    void failNext(int times) {
        failures.set(times);
    }

    List<CommandMessage<?>> messages() {
        return List.copyOf(recorded);
    }

    List<PaymentCommand> of(PaymentId paymentId) {
        return recorded.stream()
                .map(message -> (PaymentCommand) message.getPayload())
                .filter(command -> command.paymentId().equals(paymentId))
                .toList();
    }

    int count() {
        return recorded.size();
    }
}
