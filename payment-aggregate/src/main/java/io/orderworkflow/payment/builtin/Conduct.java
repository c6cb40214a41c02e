package io.orderworkflow.payment.builtin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the provider conducts itself in one call.
 *
 * @param reception what it does with the request
 * @param refusal why it refuses what it otherwise would do; {@code null} if it does not
 * @param delivery what becomes of its answer
 * @param delay how long its answer takes, after it did what it was asked
 */
record Conduct(Reception reception, @Nullable Refusal refusal, Delivery delivery, Duration delay) {

    /** Does what it is asked, and says so. */
    static final Conduct NORMAL = new Conduct(Reception.ACCEPT, null, Delivery.ANSWER, Duration.ZERO);

    /** Says that it cannot do anything at the moment. */
    static final Conduct TURN_AWAY = new Conduct(Reception.TURN_AWAY, null, Delivery.ANSWER, Duration.ZERO);

    /** Neither does nor says anything. */
    static final Conduct IGNORE = new Conduct(Reception.IGNORE, null, Delivery.LOSE, Duration.ZERO);

    /** Does what it is asked, but nobody hears of it. */
    static final Conduct LOSE_ANSWER = new Conduct(Reception.ACCEPT, null, Delivery.LOSE, Duration.ZERO);

    /** Does what it is asked, and says so twice. */
    static final Conduct ANSWER_TWICE = new Conduct(Reception.ACCEPT, null, Delivery.TWICE, Duration.ZERO);

    /** Does nothing, and ends the connection. */
    static final Conduct HANG_UP = new Conduct(Reception.HANG_UP, null, Delivery.LOSE, Duration.ZERO);

    /** Does what it is asked, and says so after a while. */
    static Conduct late(Duration delay) {
        return new Conduct(Reception.ACCEPT, null, Delivery.ANSWER, delay);
    }

    /** The same, with its answer treated as in another one; if there is an answer at all. */
    Conduct answeredAs(Conduct other) {
        return reception == Reception.ACCEPT ? new Conduct(reception, refusal, other.delivery, other.delay) : this;
    }

    static Conduct refuse(Refusal refusal) {
        return new Conduct(Reception.ACCEPT, refusal, Delivery.ANSWER, Duration.ZERO);
    }

    enum Reception {
        ACCEPT,
        TURN_AWAY,
        IGNORE,
        HANG_UP
    }

    enum Delivery {
        ANSWER,
        LOSE,
        TWICE
    }
}
