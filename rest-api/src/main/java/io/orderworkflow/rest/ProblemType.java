package io.orderworkflow.rest;

import io.orderworkflow.api.Refusal;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The kinds of problems that a client can meet. Their names are part of the contract and never change. */
enum ProblemType {
    INVALID_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request breaks a rule",
            "A field, parameter or header is missing, of the wrong type or out of bounds. `errors` names each with its"
                    + " rule. Nothing was done."),
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request cannot be read",
            "The body is not well-formed JSON, or the request not well-formed HTTP. Nothing was done."),
    UNKNOWN_RESOURCE(
            HttpStatus.NOT_FOUND,
            "There is no such thing",
            "The order, cart, product, payment or processor that the address names does not exist."),
    UNKNOWN_ADDRESS(HttpStatus.NOT_FOUND, "There is no such address", "Nothing answers at this address."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "The method is not supported here",
            "The address exists, but not with this method; the header `Allow` lists those that do."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable answer", "Answers are `application/json` only."),
    CART_CHECKED_OUT(
            HttpStatus.CONFLICT,
            "The cart was checked out",
            "It became an order, which `detail` names, and cannot be changed or checked out any more. Nothing was done."),
    CART_CHANGED(
            HttpStatus.CONFLICT,
            "The cart was changed at the same moment",
            "While it was being checked out something was put in or taken out. Nothing was done; look at the cart and check"
                    + " out again."),
    CART_EXPIRED(
            HttpStatus.GONE,
            "The cart has expired",
            "It was not changed for too long. Nothing was done; create another one."),
    CART_EMPTY(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The cart is empty",
            "There is nothing in it that could be ordered. No order was accepted."),
    CART_FULL(
            HttpStatus.BAD_REQUEST,
            "The cart is full",
            "It has as many different items as an order can have lines. Nothing was put in."),
    STOCK_RESERVED(
            HttpStatus.CONFLICT,
            "The stock is reserved",
            "The adjustment would take away pieces that are reserved for open orders. Nothing was changed."),
    STOCK_LIMIT_EXCEEDED(
            HttpStatus.CONFLICT,
            "The stock would be too large",
            "More pieces than can be kept of one product. Nothing was changed."),
    REBUILD_REFUSED(
            HttpStatus.CONFLICT,
            "The read models cannot be rebuilt now",
            "The processor does more than write read models, or its rebuild is not at that point. Nothing was changed."),
    ORDER_NOT_CANCELLABLE(
            HttpStatus.CONFLICT,
            "The order cannot be cancelled",
            "The order is shipped, delivered or rejected, or something of it was refunded. Nothing was changed."),
    ORDER_NOT_CONFIRMED(
            HttpStatus.CONFLICT,
            "The order is not confirmed",
            "Only an order that is confirmed, and not being cancelled, can be shipped. Nothing was changed."),
    ORDER_NOT_SHIPPED(
            HttpStatus.CONFLICT,
            "The order is not shipped",
            "Only an order that is shipped can be delivered. Nothing was changed."),
    ORDER_NOT_REFUNDABLE(
            HttpStatus.CONFLICT,
            "The order is not paid",
            "Only an order that is confirmed, shipped or delivered can be refunded. Nothing was changed."),
    REFUND_EXCEEDS_ORDER(
            HttpStatus.CONFLICT,
            "More would be refunded than was paid",
            "The refund is for more pieces than are left of what was ordered and paid. Nothing was refunded."),
    NOTHING_TO_NUDGE(
            HttpStatus.CONFLICT,
            "Nothing can be asked again",
            "The order waits for nothing, or a step of it is parked and has to be retried or discarded first. Nothing was"
                    + " done."),
    UNKNOWN_SEGMENT(
            HttpStatus.BAD_REQUEST,
            "The processor has no such segment",
            "The `segment` that is named is none of the processor's; `detail` lists those that are. Nothing was done."),
    SEGMENTS_NOT_CHANGEABLE(
            HttpStatus.CONFLICT,
            "The segments cannot be changed in this way",
            "The only segment cannot be merged, nor one with another that has been split further, and there is a limit to"
                    + " how many there are. Nothing was changed."),
    FAULTS_DISABLED(
            HttpStatus.CONFLICT,
            "No faults can be made here",
            "The program was started without `order-workflow.faults.enabled`, or does not use its built-in payment"
                    + " provider. Nothing was done."),
    DEMO_ORDERS_RUNNING(
            HttpStatus.CONFLICT,
            "Demo orders are being placed already",
            "There is one demo driver; stop it before it is started with another rate. Nothing was changed."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "A request's body is up to 1 MiB."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body's media type is not supported",
            "Requests are `application/json` only."),
    UNKNOWN_PRODUCT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A product is not in the catalogue",
            "A line of the order names a SKU that does not exist; `errors` says which. No order was accepted."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The idempotency key was used for another request",
            "An order was placed with this key and another body, or other pieces were refunded with it. That stands;"
                    + " nothing else was done."),
    NOT_ORDERED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A product is not in the order",
            "The refund is for a product that is not on any line of the order. Nothing was refunded."),
    DELIVERED_BEFORE_SHIPPED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The order was not shipped by then",
            "The order is said to have been delivered before it was shipped. Nothing was changed."),
    UNPAYABLE_TOTAL(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The order's total cannot be paid",
            "The lines are not all in one currency, or add up to more than can be paid. No order was accepted."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something failed on our side",
            "The correlation id leads to the cause in the logs."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Not available right now",
            "A part of the system did not answer in time. `Retry-After` says when to ask again; with the same"
                    + " `Idempotency-Key` that is safe for orders, as nothing is done twice."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many orders at once",
            "Orders come faster than they can be worked on. `Retry-After` says when to order again; nothing was done."),
    TOO_MANY_STREAMS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many streams are open",
            "This process keeps no more streams of events open, or is about to stop. `Retry-After` says when to ask"
                    + " again."),
    OUTCOME_UNKNOWN(
            HttpStatus.SERVICE_UNAVAILABLE,
            "It is not known whether it was done",
            "A part of the system did not answer in time, after it may have done what was asked. Look before asking"
                    + " again: repeating it may do it twice.");

    static final String PATH = "/problems";

    private final HttpStatus status;
    private final String title;
    private final String description;

    ProblemType(HttpStatus status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** The kind of problem that a refused command is. */
    static ProblemType of(Refusal.Code code) {
        return switch (code) {
            case UNKNOWN -> UNKNOWN_RESOURCE;
            case IDEMPOTENCY_KEY_REUSED -> IDEMPOTENCY_KEY_REUSED;
            case UNPAYABLE_TOTAL -> UNPAYABLE_TOTAL;
            case CART_CHECKED_OUT -> CART_CHECKED_OUT;
            case CART_CHANGED -> CART_CHANGED;
            case CART_EXPIRED -> CART_EXPIRED;
            case CART_EMPTY -> CART_EMPTY;
            case CART_FULL -> CART_FULL;
            case ORDER_NOT_CANCELLABLE -> ORDER_NOT_CANCELLABLE;
            case ORDER_NOT_CONFIRMED -> ORDER_NOT_CONFIRMED;
            case ORDER_NOT_SHIPPED -> ORDER_NOT_SHIPPED;
            case DELIVERED_BEFORE_SHIPPED -> DELIVERED_BEFORE_SHIPPED;
            case ORDER_NOT_REFUNDABLE -> ORDER_NOT_REFUNDABLE;
            case NOT_ORDERED -> NOT_ORDERED;
            case REFUND_EXCEEDS_ORDER -> REFUND_EXCEEDS_ORDER;
            case STOCK_RESERVED -> STOCK_RESERVED;
            case STOCK_LIMIT_EXCEEDED -> STOCK_LIMIT_EXCEEDED;
            case UNKNOWN_SEGMENT -> UNKNOWN_SEGMENT;
            case SEGMENTS_NOT_CHANGEABLE -> SEGMENTS_NOT_CHANGEABLE;
            case REBUILD_REFUSED -> REBUILD_REFUSED;
            case FAULTS_DISABLED -> FAULTS_DISABLED;
            case DEMO_ORDERS_RUNNING -> DEMO_ORDERS_RUNNING;
        };
    }

    /** The kind of problem that a status stands for when the web framework or the server chose it. */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> UNKNOWN_ADDRESS;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            // What the server cannot make out of HTTP is not our failure.
            case 501, 505 -> MALFORMED_REQUEST;
            case 503 -> UNAVAILABLE;
            default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }

    static Optional<ProblemType> named(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    URI uri() {
        return URI.create(PATH + "/" + slug());
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }
}
