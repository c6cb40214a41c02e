package io.orderworkflow.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.VoidPayment;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** Payments with bugs. */
public final class PlantedPayments {

    private PlantedPayments() {}

    /** Does not look whether it was requested before. */
    public static Class<?> forgetful() {
        return ForgetfulPayment.class;
    }

    /** Is voided at once while the authorisation is under way, and does not hear of it any more. */
    public static Class<?> deafToLateAuthorization() {
        return DeafPayment.class;
    }

    static class ForgetfulPayment extends Payment {

        @Override
        void handle(AuthorizePayment command) {
            apply(new PaymentRequested(
                    command.paymentId(), command.orderId(), command.amount(), command.method(), command.token()));
        }
    }

    static class DeafPayment extends Payment {

        private boolean underWay;
        private boolean givenUp;

        @Override
        void handle(VoidPayment command) {
            if (underWay) {
                apply(new PaymentVoided(command.paymentId(), command.orderId(), null, List.of()));
            } else {
                super.handle(command);
            }
        }

        @Override
        void handle(RecordAuthorization command) {
            if (!givenUp) {
                super.handle(command);
            }
        }

        @Override
        @EventSourcingHandler
        void on(PaymentRequested event) {
            super.on(event);
            underWay = true;
        }

        @Override
        @EventSourcingHandler
        void on(PaymentAuthorized event) {
            super.on(event);
            underWay = false;
        }

        @Override
        @EventSourcingHandler
        void on(PaymentVoided event) {
            super.on(event);
            givenUp = underWay;
        }
    }
}
