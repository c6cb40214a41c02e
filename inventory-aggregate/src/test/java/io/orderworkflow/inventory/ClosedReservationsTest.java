package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static io.orderworkflow.inventory.ClosedReservations.Outcome.DEBITED;
import static io.orderworkflow.inventory.ClosedReservations.Outcome.REJECTED;
import static io.orderworkflow.inventory.ClosedReservations.Outcome.RELEASED;
import static io.orderworkflow.inventory.ClosedReservations.REMEMBERED_AT_MOST;
import static io.orderworkflow.inventory.ClosedReservations.REMEMBERED_FOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClosedReservationsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ClosedReservations closedReservations = new ClosedReservations();

    @Test
    void rememberHowTheyEnded() {
        closedReservations.close(orderId("a"), DEBITED, NOON);
        closedReservations.close(orderId("b"), RELEASED, NOON);

        assertThat(closedReservations.outcomeFor(orderId("a"))).isEqualTo(DEBITED);
        assertThat(closedReservations.outcomeFor(orderId("b"))).isEqualTo(RELEASED);
        assertThat(closedReservations.outcomeFor(orderId("c"))).isNull();
        assertThat(closedReservations.forgotSome()).isFalse();
    }

    @Test
    void rememberAsLongAsPromised() {
        closedReservations.close(orderId("a"), DEBITED, NOON);
        closedReservations.close(orderId("b"), DEBITED, NOON.plus(REMEMBERED_FOR));

        assertThat(closedReservations.outcomeFor(orderId("a"))).isEqualTo(DEBITED);
        assertThat(closedReservations.forgotSome()).isFalse();
    }

    @Test
    void forgetAllThatAreOlder() {
        closedReservations.close(orderId("a"), DEBITED, NOON);
        closedReservations.close(orderId("b"), DEBITED, NOON);
        closedReservations.close(orderId("c"), DEBITED, NOON.plusMillis(1));
        closedReservations.close(
                orderId("d"), DEBITED, NOON.plus(REMEMBERED_FOR).plusMillis(1));

        assertThat(closedReservations.outcomeFor(orderId("a"))).isNull();
        assertThat(closedReservations.outcomeFor(orderId("b"))).isNull();
        assertThat(closedReservations.outcomeFor(orderId("c"))).isEqualTo(DEBITED);
        assertThat(closedReservations.outcomeFor(orderId("d"))).isEqualTo(DEBITED);
        assertThat(closedReservations.forgotSome()).isTrue();
    }

    @Test
    void forgetTheOldestWhenThereAreTooMany() {
        for (int i = 0; i < REMEMBERED_AT_MOST; i++) {
            closedReservations.close(orderId("order-" + i), DEBITED, NOON);
        }
        assertThat(closedReservations.forgotSome()).isFalse();

        closedReservations.close(orderId("one-more"), DEBITED, NOON);

        assertThat(closedReservations.outcomeFor(orderId("order-0"))).isNull();
        assertThat(closedReservations.outcomeFor(orderId("order-1"))).isEqualTo(DEBITED);
        assertThat(closedReservations.outcomeFor(orderId("one-more"))).isEqualTo(DEBITED);
        assertThat(closedReservations.forgotSome()).isTrue();
    }

    @Test
    void rememberTheLaterEndFromThenOn() {
        closedReservations.close(orderId("a"), REJECTED, NOON);
        closedReservations.close(orderId("b"), REJECTED, NOON);
        closedReservations.close(orderId("a"), RELEASED, NOON.plus(REMEMBERED_FOR));
        closedReservations.close(
                orderId("c"), REJECTED, NOON.plus(REMEMBERED_FOR).plusMillis(1));

        assertThat(closedReservations.outcomeFor(orderId("a"))).isEqualTo(RELEASED);
        assertThat(closedReservations.outcomeFor(orderId("b"))).isNull();
    }

    @Test
    void knowHowManyPiecesAreOut() {
        closedReservations.debit(orderId("a"), 5, NOON);
        closedReservations.close(orderId("b"), RELEASED, NOON);

        closedReservations.takeBack(orderId("a"), 2);
        closedReservations.takeBack(orderId("never seen"), 1);

        assertThat(closedReservations.outcomeFor(orderId("a"))).isEqualTo(DEBITED);
        assertThat(closedReservations.outsideFor(orderId("a"))).isEqualTo(3);
        assertThat(closedReservations.outsideFor(orderId("b"))).isZero();
        assertThat(closedReservations.outsideFor(orderId("never seen"))).isZero();
        assertThat(closedReservations.outcomeFor(orderId("never seen"))).isNull();
    }

    @Test
    void forgetAnOrderNoLaterBecausePiecesCameBack() {
        closedReservations.debit(orderId("a"), 5, NOON);
        closedReservations.debit(orderId("b"), 5, NOON.plusMillis(1));
        closedReservations.takeBack(orderId("a"), 2);

        closedReservations.debit(orderId("c"), 1, NOON.plus(REMEMBERED_FOR).plusMillis(1));

        assertThat(closedReservations.outcomeFor(orderId("a"))).isNull();
        assertThat(closedReservations.outcomeFor(orderId("b"))).isEqualTo(DEBITED);
    }

    @Test
    void surviveClockThatWentBack() {
        closedReservations.close(orderId("a"), RELEASED, NOON);
        closedReservations.close(
                orderId("b"), RELEASED, NOON.minus(REMEMBERED_FOR).minusMillis(1));

        assertThat(closedReservations.outcomeFor(orderId("a"))).isEqualTo(RELEASED);
        assertThat(closedReservations.outcomeFor(orderId("b"))).isEqualTo(RELEASED);
    }
}
