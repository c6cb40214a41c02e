package io.orderworkflow.payment.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.payment.provider.CallLane.LeasedCall;
import io.orderworkflow.payment.provider.ProviderCalls.Lease;
import io.orderworkflow.payment.provider.ProviderCalls.Requested;
import io.orderworkflow.platform.messaging.Correlation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events that ask for a call to the provider into calls, and makes none itself: a batch of events becomes rows
 * that commit together with the batch's token, leased by this process from the beginning. After the commit they are
 * handed over in memory. What is not, because there is no room or this process ends, is found by the
 * {@link ProviderCallPoller}.
 *
 * <p>Must not be replayed: what was asked long ago is not to be asked again.
 */
@ProcessingGroup(ProviderCallIntake.PROCESSING_GROUP)
@DisallowReplay
final class ProviderCallIntake {

    static final String PROCESSING_GROUP = "payment-provider";

    private final ProviderCalls calls;
    private final ProviderCallRunner runner;
    private final CircuitBreaker circuit;
    private final PollTimer timer;
    private final Lease lease;
    private final Correlation correlation = new Correlation();

    ProviderCallIntake(
            ProviderCalls calls, ProviderCallRunner runner, CircuitBreaker circuit, PollTimer timer, Lease lease) {
        this.calls = calls;
        this.runner = runner;
        this.circuit = circuit;
        this.timer = timer;
        this.lease = lease;
    }

    @EventHandler
    void on(PaymentRequested event, DomainEventMessage<?> message) {
        ask(
                message,
                event,
                Action.AUTHORIZATION,
                event.amount(),
                new ProviderCall.Means(event.method(), event.token()),
                null);
    }

    @EventHandler
    void on(CaptureRequested event, DomainEventMessage<?> message) {
        ask(message, event, Action.CAPTURE, event.amount(), null, null);
    }

    @EventHandler
    void on(RefundRequested event, DomainEventMessage<?> message) {
        ask(
                message,
                event,
                Action.REFUND,
                event.amount(),
                null,
                new ProviderCall.Refund(event.refundId(), event.attempt()));
    }

    @EventHandler
    void on(VoidRequested event, DomainEventMessage<?> message) {
        ask(message, event, Action.VOID, event.amount(), null, null);
    }

    private void ask(
            DomainEventMessage<?> message,
            PaymentEvent event,
            Action action,
            Money amount,
            ProviderCall.@Nullable Means means,
            ProviderCall.@Nullable Refund refund) {
        ProviderCall.Id id = new ProviderCall.Id(event.paymentId(), message.getSequenceNumber());
        OrderId orderId = event.orderId();
        ProviderCall call = new ProviderCall(
                id, action, orderId, amount, means, refund, metaDataOfAnswer(message), List.of(), null, 0, 0);
        currentBatch().requested.add(new Requested(call, message.getTimestamp()));
    }

    /** The command that records the answer is caused by the event, however much later it is sent. */
    private Map<String, String> metaDataOfAnswer(DomainEventMessage<?> message) {
        Map<String, String> metaData = new TreeMap<>();
        correlation.correlationDataFor(message).forEach((key, value) -> metaData.put(key, String.valueOf(value)));
        return metaData;
    }

    private Batch currentBatch() {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        return unitOfWork.getOrComputeResource(Batch.class.getName(), key -> new Batch(unitOfWork));
    }

    /** What one batch of events asks for. */
    private final class Batch {

        private final CallLane lane = runner.lane(false);
        private final List<Requested> requested = new ArrayList<>();
        private List<LeasedCall> leased = List.of();
        private int reserved;

        Batch(UnitOfWork<?> unitOfWork) {
            unitOfWork.onPrepareCommit(committing -> write());
            unitOfWork.afterCommit(committed -> handOver());
            unitOfWork.onRollback(rolledBack -> lane.release(reserved));
        }

        private void write() {
            List<Requested> free = thoseNothingStandsBefore();
            // With an open circuit they would only be postponed.
            reserved = circuit.getState() == CircuitBreaker.State.CLOSED ? lane.reserve(free.size()) : 0;
            List<Requested> now = free.subList(0, reserved);
            Set<ProviderCall.Id> idsNow =
                    now.stream().map(one -> one.call().id()).collect(Collectors.toSet());
            List<Requested> later = requested.stream()
                    .filter(one -> !idsNow.contains(one.call().id()))
                    .toList();

            long leaseEnds = System.nanoTime() + lease.duration().toNanos();
            calls.add(now, lease);
            calls.add(later, null);
            if (!voided().isEmpty()) {
                calls.removeSuperseded();
            }
            leased = now.stream()
                    .map(one -> new LeasedCall(one.call(), leaseEnds))
                    .toList();
        }

        /**
         * Authorisations and captures are free to be made if they are the first call of their payment in this batch, and
         * no void in it makes them pointless. The calls of earlier batches are over: a payment asks for the next one only
         * when the last was answered. But for a void it asks at any time, and for a refund while another is under way, so
         * anything may stand before these.
         */
        private List<Requested> thoseNothingStandsBefore() {
            Set<PaymentId> seen = voided();
            return requested.stream()
                    .filter(one -> one.call().action() != Action.REFUND)
                    .filter(one -> seen.add(one.call().id().paymentId()))
                    .toList();
        }

        private Set<PaymentId> voided() {
            return requested.stream()
                    .map(Requested::call)
                    .filter(call -> call.action() == Action.VOID)
                    .map(call -> call.id().paymentId())
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private void handOver() {
            if (!leased.isEmpty()) {
                runner.run(lane, leased);
            }
            if (leased.size() < requested.size()) {
                timer.pollWithin(Duration.ZERO);
            }
        }
    }
}
