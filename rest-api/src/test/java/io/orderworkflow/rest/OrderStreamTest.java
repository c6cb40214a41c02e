package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.rest.OrderStream.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told that takes it in its own time. */
class OrderStreamTest {

    private final AtomicInteger toRead = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final OrderStream stream =
            new OrderStream(null, behind -> toRead.incrementAndGet(), over -> ends.incrementAndGet());

    @Test
    void tellsOfAnOrderThatChangesAgainTheLastStateOnly() {
        stream.beginAt(0);
        stream.offer(event(1, 1));
        stream.offer(event(2, 2));
        stream.offer(event(3, 1));

        assertThat(taken()).containsExactly("id: 0", "2 2", "3 1");
    }

    @Test
    void readsOnWhatItCouldNotKeep() {
        stream.beginAt(0);
        for (int i = 1; i <= OrderStream.MOST_PENDING + 1; i++) {
            stream.offer(event(i, i));
        }

        assertThat(taken()).containsExactly("id: 0");
        assertThat(toRead).hasValue(1);
        assertThat(stream.told()).isZero();
    }

    @Test
    void tellsWhatCameWhileItReadBehindWhatItRead() {
        stream.beginBehind(0);
        taken();
        stream.offer(event(2, 2));
        stream.offer(event(5, 1));
        assertThat(taken()).isEmpty();

        stream.read(List.of(event(1, 1), event(2, 2), event(3, 3)), 3, false);
        stream.offer(event(3, 3));
        stream.offer(event(6, 3));

        assertThat(taken()).containsExactly("2 2", "5 1", "6 3");
    }

    @Test
    void tellsThatItHasLostItsWay() {
        stream.beginBehind(7);
        taken();
        stream.lost(20);
        stream.offer(event(21, 1));

        assertThat(taken()).containsExactly("reset 20", "21 1");
    }

    @Test
    void tellsAHeartbeatHoweverManyHaveNotBeenTaken() {
        stream.beginAt(0);
        taken();
        stream.heartbeat();
        stream.heartbeat();

        assertThat(taken()).containsExactly(":");
    }

    @Test
    void endsOnce() {
        stream.close();
        stream.ended();

        assertThat(ends).hasValue(1);
    }

    /** Whatever is offered, taken, read and broken off when: in the end the client knows the last state of each order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void leavesNothingOutWhateverHappensInWhateverOrder(long seed) {
        Random random = new Random(seed);
        List<Integer> log = new ArrayList<>();
        Map<Integer, Long> known = new LinkedHashMap<>();
        OrderStream client = fresh();
        client.beginAt(0);
        long lastEventId = 0;
        int told = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> log.add(random.nextInt(400));
                case 5, 6, 7 -> {
                    // The loop tells some of what has happened.
                    for (int until = Math.min(log.size(), told + random.nextInt(150)); told < until; told++) {
                        client.offer(event(told + 1, log.get(told)));
                    }
                }
                case 8, 9 -> lastEventId = take(client, known, random.nextInt(60), lastEventId);
                case 10 -> {
                    if (toRead.get() > 0) {
                        toRead.set(0);
                        read(client, log, random.nextInt(5) == 0);
                    }
                }
                default -> {
                    if (random.nextInt(40) == 0) {
                        client = fresh();
                        toRead.set(0);
                        client.beginBehind(lastEventId);
                    }
                }
            }
        }
        for (int i = 0; i < 1_000; i++) {
            for (; told < log.size(); told++) {
                client.offer(event(told + 1, log.get(told)));
            }
            lastEventId = take(client, known, 1_000, lastEventId);
            if (toRead.getAndSet(0) > 0) {
                read(client, log, false);
            }
        }

        Map<Integer, Long> last = new LinkedHashMap<>();
        for (int i = 0; i < log.size(); i++) {
            last.put(log.get(i), i + 1L);
        }
        assertThat(known).isEqualTo(last);
    }

    private OrderStream fresh() {
        return new OrderStream(null, behind -> toRead.incrementAndGet(), over -> {});
    }

    private static void read(OrderStream client, List<Integer> log, boolean fails) {
        if (fails) {
            client.notRead();
            return;
        }
        int from = (int) client.told();
        int until = Math.min(log.size(), from + 100);
        Map<Integer, Long> last = new LinkedHashMap<>();
        for (int i = from; i < until; i++) {
            last.remove(log.get(i));
            last.put(log.get(i), i + 1L);
        }
        List<Event> events = new ArrayList<>();
        last.forEach((order, number) -> events.add(event(number, order)));
        client.read(events, until, until - from == 100);
    }

    private static long take(OrderStream client, Map<Integer, Long> known, int most, long lastEventId) {
        long last = lastEventId;
        for (int i = 0; i < most; i++) {
            byte[] next = client.next();
            if (next == null) {
                return last;
            }
            String[] words = new String(next, StandardCharsets.UTF_8).split(" ", -1);
            if (words.length == 2 && Character.isDigit(words[0].charAt(0))) {
                long number = Long.parseLong(words[0]);
                assertThat(number).isGreaterThan(last);
                last = number;
                known.put(Integer.parseInt(words[1]), number);
            }
        }
        return last;
    }

    private List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (byte[] next = stream.next(); next != null; next = stream.next()) {
            String text = new String(next, StandardCharsets.UTF_8).strip();
            taken.add(
                    text.contains("event: reset")
                            ? "reset " + text.substring("id: ".length(), text.indexOf('\n'))
                            : text);
        }
        return taken;
    }

    private static Event event(long number, int order) {
        return new Event(
                number, new OrderId(new UUID(0, order)), (number + " " + order).getBytes(StandardCharsets.UTF_8));
    }
}
