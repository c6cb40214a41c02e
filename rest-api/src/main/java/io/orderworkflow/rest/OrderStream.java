package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one client is to be told of the changes of orders, or of one order. Of an order that changes again before the
 * client has taken the last change, only the latest state is told. A client that is behind by more than so many orders
 * is told no news any more: when it has taken what there was, it reads on from the last change that it got, at its own
 * pace.
 *
 * <p>Events are told in the order of their numbers: a client that has got one misses nothing before it.
 */
final class OrderStream implements StreamConnection.Source {

    static final int MOST_PENDING = 256;

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final @Nullable OrderId only;
    private final Consumer<OrderStream> readOn;
    private final Consumer<OrderStream> end;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable StreamConnection connection;

    private final Queue<byte[]> first = new ArrayDeque<>();
    private final Map<OrderId, Event> pending = new LinkedHashMap<>();
    private State state = State.READING;
    private long told;
    private long readUntil;
    private boolean overflown;
    private boolean heartbeat;

    /**
     * A stream whose beginning is still to be told.
     *
     * @param only the order that it is about; {@code null} for all
     * @param readOn has the changes after {@link #told()} read for {@link #read}
     * @param end frees what the stream has taken
     */
    OrderStream(@Nullable OrderId only, Consumer<OrderStream> readOn, Consumer<OrderStream> end) {
        this.only = only;
        this.readOn = readOn;
        this.end = end;
    }

    @Nullable
    OrderId only() {
        return only;
    }

    /** The number of the last change that was told. */
    synchronized long told() {
        return told;
    }

    /**
     * Tells every change after that one as it comes. The client is told the number, for it to know how to go on should
     * the connection break before anything happens.
     */
    synchronized void beginAt(long number) {
        first.add(("id: " + number + "\n\n").getBytes(StandardCharsets.UTF_8));
        told = number;
        state = overflown ? State.BEHIND : State.LIVE;
        overflown = false;
    }

    /** The client knows every change until that one: what is after it has to be read first. */
    synchronized void beginBehind(long number) {
        first.add(HEARTBEAT);
        pending.clear();
        told = number;
        state = State.BEHIND;
        overflown = false;
    }

    /** Something has changed. */
    synchronized void offer(Event event) {
        if (state == State.BEHIND || event.number <= readUntil) {
            return;
        }
        pending.remove(event.orderId);
        pending.put(event.orderId, event);
        if (pending.size() > MOST_PENDING) {
            pending.clear();
            if (state == State.LIVE) {
                state = State.BEHIND;
            } else {
                overflown = true;
            }
        }
    }

    /**
     * What was asked for by {@code readOn}.
     *
     * @param until all changes until there are among the events
     * @param more whether there are further ones already
     */
    synchronized void read(List<Event> events, long until, boolean more) {
        boolean complete = !more && !overflown;
        overflown = false;
        List<Event> news = complete ? new ArrayList<>(pending.values()) : List.of();
        pending.clear();
        events.forEach(event -> pending.put(event.orderId, event));
        // What came meanwhile, as far as it is not among what was read.
        news.stream().filter(event -> event.number > until).forEach(event -> {
            pending.remove(event.orderId);
            pending.put(event.orderId, event);
        });
        readUntil = until;
        state = complete ? State.LIVE : State.BEHIND;
    }

    /** It could not be read: it is tried again. */
    synchronized void notRead() {
        pending.clear();
        overflown = false;
        state = State.BEHIND;
    }

    /** The client knows nothing any more of what is before that number, and has to load anew what it shows. */
    synchronized void lost(long until) {
        first.clear();
        pending.clear();
        overflown = false;
        first.add(("id: " + until + "\nevent: reset\ndata: {}\n\n").getBytes(StandardCharsets.UTF_8));
        told = until;
        readUntil = until;
        state = State.LIVE;
    }

    void heartbeat() {
        synchronized (this) {
            heartbeat = true;
        }
        wake();
    }

    @Override
    public byte @Nullable [] next() {
        boolean toRead;
        synchronized (this) {
            byte[] next = nextToTell();
            if (next != null) {
                return next;
            }
            toRead = state == State.BEHIND;
            if (toRead) {
                state = State.READING;
            }
        }
        if (toRead) {
            readOn.accept(this);
        }
        return null;
    }

    private byte @Nullable [] nextToTell() {
        byte[] control = first.poll();
        if (control != null) {
            return control;
        }
        if (state != State.READING) {
            Iterator<Event> events = pending.values().iterator();
            if (events.hasNext()) {
                Event event = events.next();
                events.remove();
                told = event.number;
                return event.bytes;
            }
        }
        if (heartbeat) {
            heartbeat = false;
            return HEARTBEAT;
        }
        return null;
    }

    void connectedBy(StreamConnection connected) {
        connection = connected;
        if (ended.get()) {
            connected.close();
        }
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Has told what there is to tell. */
    void wake() {
        StreamConnection to = connection;
        if (to != null) {
            to.wake();
        }
    }

    void close() {
        StreamConnection to = connection;
        if (to != null) {
            to.close();
        } else {
            ended();
        }
    }

    @Override
    public void ended() {
        if (ended.compareAndSet(false, true)) {
            end.accept(this);
        }
    }

    private enum State {
        /** Told everything as it comes. */
        LIVE,
        /** Too far behind: when everything that is pending was told, the rest has to be read. */
        BEHIND,
        /** What is missing is being read; what comes meanwhile is told after it. */
        READING
    }

    /**
     * An order has changed.
     *
     * @param number the number of the change
     * @param orderId the order
     * @param bytes as it is told to clients, shared by all of them
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; made once, written as it is.
    record Event(long number, OrderId orderId, byte[] bytes) {

        static Event of(long number, OrderView order) {
            byte[] json = StrictJson.mapper().writeValueAsBytes(order);
            byte[] head = ("id: " + number + "\nevent: order\ndata: ").getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[head.length + json.length + 2];
            System.arraycopy(head, 0, bytes, 0, head.length);
            System.arraycopy(json, 0, bytes, head.length, json.length);
            bytes[bytes.length - 2] = '\n';
            bytes[bytes.length - 1] = '\n';
            return new Event(number, order.orderId(), bytes);
        }
    }
}
