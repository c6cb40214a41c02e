package io.orderworkflow.api.audit;

/** What the auditor checks on the live data. */
public enum AuditRule {
    /** Received + adjusted − debited + restocked = on hand, for every SKU. */
    STOCK_CONSERVED,
    /** 0 ≤ reserved ≤ on hand, for every SKU. */
    NEVER_OVERSOLD,
    /** What is set aside order by order adds up to what is reserved of a SKU. */
    RESERVATIONS_ADD_UP,
    /** What is set aside is what an open order needs. */
    RESERVATIONS_MATCH_ORDERS,
    /** A confirmed order has all of its money taken. */
    CONFIRMED_IS_CAPTURED,
    /** Money is held or taken for an order that is confirmed, or somebody is about to give it back. */
    MONEY_HAS_AN_ORDER,
    /** No order is charged twice. */
    CHARGED_ONCE,
    /** No deadline is missed by more than a grace. */
    DEADLINES_KEPT,
    /** An order that is not settled is led by a saga, or parked. */
    OPEN_ORDERS_LED,
    /** A row of a read model says what its events say; sampled. */
    READ_MODEL_EQUALS_EVENTS
}
