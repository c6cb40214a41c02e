package io.orderworkflow.inventory;

import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.LowStockDetected;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Commands of several orders and of people, each several times and in any order: after every one of them nothing is
 * oversold, all is conserved, and what was asked before changes nothing. The judge reads what moved from the events and
 * adds up itself; it shares no rule with the stock item.
 */
class StockItemPromisesTest {

    private static final Sku SKU = new Sku("SKU-1");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock SYSTEM = GenericEventMessage.clock;

    private final StockItemOnBench stockItem = new StockItemOnBench();
    private final Judge judge = new Judge();
    private Instant now = NOON;

    @BeforeEach
    void stopTheClock() {
        passTime(Duration.ZERO);
    }

    @AfterEach
    void restoreTheClock() {
        GenericEventMessage.clock = SYSTEM;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdForShuffledAndRepeatedCommands(long seed) {
        Random random = new Random(seed);
        stockItem.open(SKU);
        stockItem.events().forEach(judge::see);
        judge.watch(new ReceiveStock(SKU, 100, null));
        judge.watch(new SetReorderPoint(SKU, 10));

        List<StockCommand> commands = new ArrayList<>();
        for (int order = 0; order < 40; order++) {
            OrderId orderId = orderId("order-" + order);
            commands.addAll(repeated(new ReserveStock(SKU, orderId, 1 + random.nextInt(40)), random));
            commands.addAll(repeated(
                    random.nextInt(5) < 2 ? new ReleaseStock(SKU, orderId) : new DebitStock(SKU, orderId), random));
        }
        for (int order = 0; order < 40; order++) {
            for (int part = 0; part < 1 + random.nextInt(2); part++) {
                UUID returnId = orderId("return-" + order + "-" + part).value();
                commands.addAll(repeated(
                        new RestockReturned(SKU, orderId("order-" + order), 1 + random.nextInt(8), returnId), random));
            }
        }
        for (int i = 0; i < 60; i++) {
            commands.add(askedByPerson(random));
        }
        Collections.shuffle(commands, random);
        // Once more at the end, when most is closed: the same answers again, that is none.
        List<StockCommand> again = new ArrayList<>(commands);
        Collections.shuffle(again, random);
        commands.addAll(again);

        for (StockCommand command : commands) {
            judge.watch(command);
            if (random.nextInt(20) == 0) {
                stockItem.restoreFromJson();
            }
        }
        assertThat(stockItem.state()).isEqualTo(stockItem.stateReplayed());
        // The run was worth it only if there was some of everything.
        assertThat(stockItem.events().map(Object::getClass)).contains(StockEvent.class.getPermittedSubclasses());
    }

    @Test
    void holdThoughOrdersAreForgotten() {
        Random random = new Random(42);
        stockItem.open(SKU);
        stockItem.events().forEach(judge::see);
        judge.forgetful = true;

        for (int order = 0; order < 12_000; order++) {
            if (order % 100 == 0) {
                judge.watch(new ReceiveStock(SKU, 1 + random.nextInt(1_000), null));
            }
            judge.watch(new ReserveStock(SKU, orderId("order-" + order), 1 + random.nextInt(20)));
            // Some orders are never closed, some late, some twice, some when they are long forgotten.
            int age = random.nextInt(random.nextInt(20) == 0 ? order + 1 : Math.min(order + 1, 200));
            OrderId closed = orderId("order-" + (order - age));
            judge.watch(random.nextBoolean() ? new ReleaseStock(SKU, closed) : new DebitStock(SKU, closed));
            passTime(Duration.ofMillis(random.nextInt(300)));
        }

        JsonNode closed = stockItem.state().get("closedReservations");
        assertThat(closed.get("forgotSome").asBoolean()).isTrue();
        assertThat(closed.get("byOrder").size()).isBetween(1, 8_000);
        assertThat(stockItem.state()).isEqualTo(stockItem.stateReplayed());
    }

    private static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static List<StockCommand> repeated(StockCommand command, Random random) {
        return Collections.nCopies(1 + random.nextInt(3), command);
    }

    private static StockCommand askedByPerson(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new AdjustStock(SKU, -1 - random.nextInt(30), "lost");
            case 1 -> new AdjustStock(SKU, 1 + random.nextInt(10), "found");
            case 2 -> new SetReorderPoint(SKU, random.nextInt(20));
            default -> new ReceiveStock(SKU, 1 + random.nextInt(50), null);
        };
    }

    private void passTime(Duration time) {
        now = now.plus(time);
        GenericEventMessage.clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    private final class Judge {

        private final Set<StockCommand> done = new HashSet<>();
        private final Map<OrderId, Long> held = new HashMap<>();
        private final Map<OrderId, Long> out = new HashMap<>();
        private final Set<OrderId> closed = new HashSet<>();
        private long onHand;
        private long received;
        private long adjusted;
        private long debited;
        private long restocked;
        private long reserved;
        private long reorderPoint;
        private boolean toldLow;
        private boolean forgetful;
        private int watched;

        void watch(StockCommand command) {
            // The state of a long run is large; to look at it every time would be most of the work.
            boolean looking = !forgetful || watched % 100 == 0;
            watched++;
            JsonNode before = looking ? stockItem.state() : null;
            List<StockEvent> events;
            try {
                events = stockItem.handle(command);
            } catch (CommandRefusedException refused) {
                assertThat(command).isInstanceOf(AdjustStock.class);
                assertThat(((AdjustStock) command).delta()).isLessThan(-available());
                unchangedSince(before);
                return;
            } catch (IllegalStateException wrongProcess) {
                if (command instanceof RestockReturned restock) {
                    assertThat(restock.quantity()).isGreaterThan(out.getOrDefault(restock.orderId(), 0L));
                } else {
                    assertThat(command).isInstanceOf(DebitStock.class);
                    assertThat(held).doesNotContainKey(((DebitStock) command).orderId());
                }
                unchangedSince(before);
                return;
            }
            boolean repeated = !done.add(command);
            if (repeated && isAskedByProcess(command) && !forgetful) {
                assertThat(events).as("answer to repeated %s", command).isEmpty();
            }
            if (!repeated && command instanceof ReserveStock first) {
                assertThat(events.isEmpty()).as("no answer").isEqualTo(closed.contains(first.orderId()));
            }
            if (events.isEmpty()) {
                unchangedSince(before);
            }
            events.forEach(this::see);
            neverOversold();
            conserved();
            toldOfLowStock();
            if (looking) {
                agreesWith(stockItem.state());
            }
        }

        void see(StockEvent event) {
            if (event instanceof StockReceived e) {
                received += e.quantity();
                move(e.quantity(), e.onHand());
            } else if (event instanceof StockAdjusted e) {
                adjusted += e.delta();
                assertThat(e.previous()).isEqualTo(onHand);
                move(e.delta(), e.onHand());
            } else if (event instanceof StockReserved e) {
                assertThat(e.quantity()).isPositive().isLessThanOrEqualTo(available());
                assertThat(held.put(e.orderId(), e.quantity()))
                        .as("held before")
                        .isNull();
                reserved += e.quantity();
                assertThat(closed.contains(e.orderId()))
                        .as("reserved after its end")
                        .isFalse();
                assertThat(e.reserved()).isEqualTo(reserved);
            } else if (event instanceof StockReservationRejected e) {
                assertThat(e.available()).isEqualTo(available()).isLessThan(e.requested());
                assertThat(held).doesNotContainKey(e.orderId());
            } else if (event instanceof StockReleased e) {
                Long quantity = held.remove(e.orderId());
                assertThat(e.quantity()).isEqualTo(quantity == null ? 0 : quantity);
                reserved -= e.quantity();
                assertThat(e.reserved()).isEqualTo(reserved);
                end(e.orderId());
            } else if (event instanceof StockDebited e) {
                assertThat(held.remove(e.orderId())).isEqualTo(e.debited());
                assertThat(e.previous()).isEqualTo(onHand);
                debited += e.debited();
                reserved -= e.debited();
                move(-e.debited(), e.onHand());
                assertThat(e.reserved()).isEqualTo(reserved);
                out.put(e.orderId(), e.debited());
                end(e.orderId());
            } else if (event instanceof StockRestocked e) {
                assertThat(out.merge(e.orderId(), -e.quantity(), Long::sum))
                        .as("came back")
                        .isNotNegative();
                assertThat(e.previous()).isEqualTo(onHand);
                restocked += e.quantity();
                move(e.quantity(), e.onHand());
            } else if (event instanceof ReorderPointSet e) {
                reorderPoint = e.reorderPoint();
            } else if (event instanceof LowStockDetected e) {
                assertThat(toldLow).as("told before").isFalse();
                assertThat(e.available()).isEqualTo(available()).isLessThanOrEqualTo(reorderPoint);
                toldLow = true;
            } else if (!(event instanceof StockItemOpened)) {
                fail("nobody judges " + event);
            }
        }

        private void end(OrderId orderId) {
            assertThat(closed.add(orderId) || forgetful).as("ended once").isTrue();
        }

        private void move(long pieces, long onHandAfter) {
            onHand += pieces;
            assertThat(onHandAfter).isEqualTo(onHand);
        }

        private void neverOversold() {
            assertThat(reserved).isBetween(0L, onHand);
        }

        private void conserved() {
            assertThat(received + adjusted - debited + restocked).isEqualTo(onHand);
        }

        private void unchangedSince(@Nullable JsonNode before) {
            if (before != null) {
                assertThat(stockItem.state()).isEqualTo(before);
            }
        }

        private void agreesWith(JsonNode state) {
            assertThat(state.get("onHand").asLong()).isEqualTo(onHand);
            assertThat(state.get("reserved").asLong()).isEqualTo(reserved);
            assertThat(state.get("reservations")
                            .valueStream()
                            .mapToLong(JsonNode::asLong)
                            .sum())
                    .isEqualTo(reserved);
        }

        private void toldOfLowStock() {
            boolean low = reorderPoint > 0 && available() <= reorderPoint;
            if (low) {
                assertThat(toldLow).as("told of low stock").isTrue();
            }
            toldLow = low;
        }

        private boolean isAskedByProcess(StockCommand command) {
            return command instanceof ReserveStock
                    || command instanceof ReleaseStock
                    || command instanceof DebitStock
                    || command instanceof RestockReturned;
        }

        private long available() {
            return onHand - reserved;
        }
    }
}
