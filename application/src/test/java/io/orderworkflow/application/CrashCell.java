package io.orderworkflow.application;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the crash matrix: an order on its way, and the point where the program dies.
 *
 * @param row the step
 * @param column where in the step, and on which side of it
 * @param point its name, for {@link StoppingPoint}
 */
record CrashCell(Row row, String column, String point) {

    private static final String SAGA = "order-processing";
    private static final String PAYMENTS = "payment-provider";

    /** In the order of the table. */
    static final List<String> COLUMNS = Stream.of("command", "events", "handled", "provider")
            .flatMap(place -> Stream.of(place + " " + StoppingPoint.BEFORE, place + " " + StoppingPoint.AFTER))
            .toList();

    /**
     * A step of an order's way.
     *
     * @param journey the order's
     * @param command that is sent; {@code null} if the step is somebody's who only follows
     * @param event that it leads to
     * @param processor that handles the event
     * @param call that is made to the provider, if any
     */
    record Row(
            CrashJourney journey,
            @Nullable String command,
            String event,
            String processor,
            @Nullable String call) {

        String step() {
            return command == null ? event + " in " + processor : command + " → " + event;
        }

        Stream<CrashCell> cells() {
            List<CrashCell> cells = new ArrayList<>();
            for (String when : List.of(StoppingPoint.BEFORE, StoppingPoint.AFTER)) {
                if (command != null) {
                    cells.add(cell("command", when, StoppingPoint.COMMAND, command));
                    cells.add(cell("events", when, StoppingPoint.EVENTS, event));
                }
                cells.add(cell("handled", when, processor, event));
                if (call != null) {
                    cells.add(cell("provider", when, StoppingPoint.PROVIDER, call));
                }
            }
            return cells.stream();
        }

        private CrashCell cell(String column, String when, String place, String what) {
            return new CrashCell(this, column + " " + when, StoppingPoint.name(place, when, what));
        }
    }

    /** All steps. Those with a short deadline come last, after some that have none: a program has one setting. */
    static final List<Row> ROWS = List.of(
            step(CrashJourney.CONFIRMED, "PlaceOrder", "OrderPlaced"),
            step(CrashJourney.CONFIRMED, "ReserveStock", "StockReserved"),
            call(CrashJourney.CONFIRMED, "AuthorizePayment", "PaymentRequested", "authorize"),
            step(CrashJourney.CONFIRMED, "RecordAuthorization", "PaymentAuthorized"),
            call(CrashJourney.CONFIRMED, "CapturePayment", "CaptureRequested", "capture"),
            step(CrashJourney.CONFIRMED, "RecordCapture", "PaymentCaptured"),
            step(CrashJourney.CONFIRMED, "DebitStock", "StockDebited"),
            step(CrashJourney.CONFIRMED, "ConfirmOrder", "OrderConfirmed"),
            new Row(CrashJourney.CONFIRMED, null, "OrderPlaced", "order-view", null),
            new Row(CrashJourney.CONFIRMED, null, "StockReserved", "inventory-view", null),
            new Row(CrashJourney.CONFIRMED, null, "OrderConfirmed", "order-view", null),
            step(CrashJourney.DECLINED, "RecordAuthorization", "PaymentDeclined"),
            step(CrashJourney.DECLINED, "ReleaseStock", "StockReleased"),
            step(CrashJourney.DECLINED, "RejectOrder", "OrderRejected"),
            step(CrashJourney.CAPTURE_FAILS, "RecordCapture", "PaymentCaptureFailed"),
            call(CrashJourney.CAPTURE_FAILS, "VoidPayment", "VoidRequested", "undo"),
            step(CrashJourney.CAPTURE_FAILS, "RecordVoid", "PaymentVoided"),
            step(CrashJourney.CANCELLED, "RequestOrderCancellation", "OrderCancellationRequested"),
            call(CrashJourney.CANCELLED, "VoidPayment", "VoidRequested", "undo"),
            step(CrashJourney.CANCELLED, "RestockReturned", "StockRestocked"),
            step(CrashJourney.CANCELLED, "CancelOrder", "OrderCancelled"),
            step(CrashJourney.REFUNDED, "RequestRefund", "OrderRefundRequested"),
            call(CrashJourney.REFUNDED, "RefundPayment", "RefundRequested", "refund"),
            step(CrashJourney.REFUNDED, "RecordRefund", "PaymentRefunded"),
            step(CrashJourney.REFUNDED, "RestockReturned", "StockRestocked"),
            step(CrashJourney.SILENT, "ExpireOrderStep", "OrderStepExpired"));

    private static Row step(CrashJourney journey, String command, String event) {
        return new Row(journey, command, event, SAGA, null);
    }

    private static Row call(CrashJourney journey, String command, String event, String call) {
        return new Row(journey, command, event, PAYMENTS, call);
    }

    /** Such as {@code CONFIRMED provider/after/capture}. */
    @Override
    public String toString() {
        return row.journey() + " " + point;
    }

    static List<CrashCell> all() {
        return ROWS.stream().flatMap(Row::cells).toList();
    }
}
