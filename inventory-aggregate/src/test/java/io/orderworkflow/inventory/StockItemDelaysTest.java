package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static io.orderworkflow.inventory.ClosedReservations.REMEMBERED_FOR;
import static io.orderworkflow.inventory.ClosedReservations.RENEWED_AFTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stock items forget; nothing may stay set aside for an order that is over, however late a command comes. */
class StockItemDelaysTest {

    private static final Sku SKU = new Sku("SKU-1");
    private static final OrderId LATE = orderId("late");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Clock SYSTEM = GenericEventMessage.clock;

    private final StockItemOnBench stockItem = new StockItemOnBench();
    private Instant now = NOON;
    private int others;

    @BeforeEach
    void haveStock() {
        passTime(Duration.ZERO);
        stockItem.open(SKU);
        stockItem.handle(new ReceiveStock(SKU, 1_000, null));
    }

    @AfterEach
    void restoreTheClock() {
        GenericEventMessage.clock = SYSTEM;
    }

    @Test
    void renewTheMarkOfAReleaseThatIsRepeatedWhenItIsOld() {
        release(now);
        passTime(Duration.ofHours(2));

        assertThat(release(now)).containsExactly(new StockReleased(SKU, LATE, 0, 0));

        anotherOrderIsOver();
        assertThat(reserve(now)).isEmpty();
    }

    @Test
    void renewTheMarkFromTheVeryMomentOn() {
        release(now);
        passTime(RENEWED_AFTER);

        assertThat(release(now.minus(MOMENT))).isEmpty();
        assertThat(release(now)).hasSize(1);
        assertThat(release(now)).isEmpty();
    }

    @Test
    void renewNoMarkForACommandThatWasAskedLongAgo() {
        release(now);
        Instant asked = now;
        passTime(Duration.ofHours(2));

        assertThat(release(asked)).isEmpty();
    }

    @Test
    void renewNothingOfAnOrderThatIsDebited() {
        reserve(now);
        stockItem.handle(new DebitStock(SKU, LATE));
        passTime(Duration.ofHours(2));

        assertThat(release(now)).isEmpty();
    }

    @Test
    void refuseAReservationThatIsOlderThanWhatIsRemembered() {
        Instant asked = now;
        release(now);
        passTime(REMEMBERED_FOR.plus(MOMENT));
        anotherOrderIsOver();

        assertThatIllegalStateException()
                .isThrownBy(() -> reserve(asked))
                .withMessage(
                        "SKU-1 cannot be reserved for order %s: it was asked for at 2026-01-01T12:00:00Z, and"
                                + " the order may have been over since and be forgotten",
                        LATE);
    }

    @Test
    void refuseItThoughTheMarkWasTooYoungToBeRenewed() {
        release(now);
        passTime(RENEWED_AFTER.minus(MOMENT));
        Instant asked = now;
        assertThat(release(asked)).isEmpty();
        passTime(REMEMBERED_FOR.minus(RENEWED_AFTER).plus(MOMENT).plus(MOMENT));
        anotherOrderIsOver();
        stockItem.restoreFromJson();

        assertThatIllegalStateException().isThrownBy(() -> reserve(asked));
    }

    @Test
    void reserveWhatWasAskedForSinceAndIsUnknown() {
        anotherOrderIsOver();
        passTime(REMEMBERED_FOR.plus(MOMENT));
        anotherOrderIsOver();

        assertThat(reserve(now.minus(REMEMBERED_FOR.minus(RENEWED_AFTER)))).containsExactly(reserved());
    }

    @Test
    void reserveWhatWasAskedForLongAgoAsLongAsNothingIsForgotten() {
        Instant asked = now;
        passTime(Duration.ofHours(2));
        anotherOrderIsOver();

        assertThat(reserve(asked)).containsExactly(reserved());
    }

    /**
     * The saga's batch is repeated until its release is answered; each time it sends both commands anew, and each of
     * them may come at any time, or never. From the answer on there is only what is still on its way.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void leaveNothingSetAsideForAnOrderThatIsOver(long seed) {
        Random random = new Random(seed);
        List<Instant> reservesOnTheirWay = new ArrayList<>();
        for (int batch = random.nextInt(4); batch >= 0; batch--) {
            passTime(anyTime(random));
            Instant asked = now;
            reservesOnTheirWay.add(asked);
            someTimePasses(random, reservesOnTheirWay);
            if (batch == 0 || random.nextBoolean()) {
                release(asked);
            }
        }
        while (!reservesOnTheirWay.isEmpty()) {
            someTimePasses(random, reservesOnTheirWay);
        }

        assertThat(stockItem.state().get("reserved").asLong()).isZero();
    }

    private void someTimePasses(Random random, List<Instant> reservesOnTheirWay) {
        for (int i = random.nextInt(4); i > 0; i--) {
            passTime(anyTime(random));
            if (random.nextBoolean()) {
                anotherOrderIsOver();
            }
            if (!reservesOnTheirWay.isEmpty() && random.nextBoolean()) {
                Instant asked = reservesOnTheirWay.remove(random.nextInt(reservesOnTheirWay.size()));
                try {
                    reserve(asked);
                } catch (IllegalStateException tooLate) {
                    assertThat(now).isAfter(asked.plus(RENEWED_AFTER));
                }
            }
        }
    }

    private static Duration anyTime(Random random) {
        return Duration.ofSeconds(
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(60);
                    case 2 -> random.nextInt(900);
                    default -> random.nextInt(7_200);
                });
    }

    private static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private List<StockEvent> reserve(Instant asked) {
        return stockItem.handle(new ReserveStock(SKU, LATE, 3), asked);
    }

    private List<StockEvent> release(Instant asked) {
        return stockItem.handle(new ReleaseStock(SKU, LATE), asked);
    }

    /** This is when a stock item forgets. */
    private void anotherOrderIsOver() {
        stockItem.handle(new ReleaseStock(SKU, orderId("other-" + others++)), now);
    }

    private static StockReserved reserved() {
        return new StockReserved(SKU, LATE, 3, 3);
    }

    private void passTime(Duration time) {
        now = now.plus(time);
        GenericEventMessage.clock = Clock.fixed(now, ZoneOffset.UTC);
    }
}
