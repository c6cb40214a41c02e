package io.orderworkflow.api.order;

/** Where an order stands, as a reader sees it. */
public enum OrderStatus {
    /** Accepted; stock is being set aside. */
    PLACED,
    /** All stock is set aside; the payment is being taken. */
    RESERVED,
    /** Stock and money are secured. */
    CONFIRMED,
    /** Handed to the carrier. */
    SHIPPED,
    /** Received by the customer. */
    DELIVERED,
    /** Ended because it could not be fulfilled. */
    REJECTED,
    /** Ended because somebody asked for it. */
    CANCELLED;

    /** Whether the order's way is over: nothing more happens to it unless a person asks. */
    public boolean isSettled() {
        return this != PLACED && this != RESERVED;
    }
}
