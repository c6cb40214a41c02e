package io.orderworkflow.payment.builtin;

import org.jspecify.annotations.Nullable;

/**
 * How the provider conducts itself in one call.
 *
 * @param reception what it does with the request
 * @param refusal why it refuses what it otherwise would do; {@code null} if it does not
 * @param delivery what becomes of its answer
 */
record Conduct(Reception reception, @Nullable Refusal refusal, Delivery delivery) {

    /** Does what it is asked, and says so. */
    static final Conduct NORMAL = new Conduct(Reception.ACCEPT, null, Delivery.ANSWER);

    /** Says that it cannot do anything at the moment. */
    static final Conduct TURN_AWAY = new Conduct(Reception.TURN_AWAY, null, Delivery.ANSWER);

    /** Neither does nor says anything. */
    static final Conduct IGNORE = new Conduct(Reception.IGNORE, null, Delivery.LOSE);

    /** Does what it is asked, but nobody hears of it. */
    static final Conduct LOSE_ANSWER = new Conduct(Reception.ACCEPT, null, Delivery.LOSE);

    static Conduct refuse(Refusal refusal) {
        return new Conduct(Reception.ACCEPT, refusal, Delivery.ANSWER);
    }

    enum Reception {
        ACCEPT,
        TURN_AWAY,
        IGNORE
    }

    enum Delivery {
        ANSWER,
        LOSE
    }
}
