package io.orderworkflow.payment.builtin;

import java.util.Locale;

/** Why the provider refuses something, for good. */
enum Refusal {
    DECLINED("the card was declined"),
    INSUFFICIENT_FUNDS("there is not enough money on the account"),
    UNKNOWN_TOKEN("there is no such token"),
    VOIDED("the payment was voided"),
    ALREADY_AUTHORIZED("the payment was authorised before"),
    NOT_AUTHORIZED("no money is held for the payment"),
    ALREADY_CAPTURED("the money was taken before"),
    AMOUNT_NOT_HELD("that amount is more than is held, or in another currency"),
    NOT_CAPTURED("no money was taken for the payment"),
    AMOUNT_NOT_LEFT("that amount is more than is left of what was taken, or in another currency"),
    CAPTURE_FAILED("the bank did not hand over the money"),
    REFUND_FAILED("the bank did not take back the money");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    /** How clients and the books name it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String message() {
        return message;
    }
}
