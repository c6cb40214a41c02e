package io.orderworkflow.rest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.rest.OrderStream.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Streams of what becomes of orders. One loop for all of them: it asks for the changes after the last one that it knows,
 * which is answered when there are some, by whichever process; reads the orders that somebody follows; and hands each to
 * its followers. It asks only while there are any, and never waits for one of them.
 */
final class OrderStreams implements SmartLifecycle, MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(OrderStreams.class);

    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(5);
    private static final long RETRY_AFTER_SECONDS = 5;

    private final RestProperties properties;
    private final StreamLoop loop = new StreamLoop();
    private final OrderNews news;
    private final StreamsBehind behind;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private volatile boolean running;
    private volatile boolean stopping;

    // All of the loop's thread.
    private final OpenStreams streams = new OpenStreams();
    private final List<LongConsumer> joining = new ArrayList<>();
    private @Nullable Long position;
    private boolean following;
    private boolean failing;

    OrderStreams(Gateways gateways, RestProperties properties) {
        this.properties = properties;
        this.news = new OrderNews(gateways);
        this.behind = new StreamsBehind(news, loop);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("order.workflow.streams.open", open, AtomicInteger::get)
                .description("Streams of events that clients keep open")
                .register(registry);
        FunctionCounter.builder("order.workflow.streams.events", told, AtomicLong::get)
                .description("Events that were handed to streams")
                .register(registry);
    }

    /** A stream of every change from now on, or of those after the last one that the client has got. */
    CompletableFuture<OrderStream> ofAll(@Nullable LastEventId last) {
        return join(null).thenApply(joined -> {
            OrderStream stream = joined.stream;
            if (last == null) {
                stream.beginAt(joined.position);
            } else {
                stream.beginBehind(last.number());
            }
            return stream;
        });
    }

    /**
     * A stream of what becomes of an order, which begins with where it stands.
     *
     * @param find finds the order; if it fails, so does the stream
     */
    CompletableFuture<OrderStream> of(OrderId orderId, Supplier<CompletableFuture<OrderView>> find) {
        return join(orderId).thenCompose(joined -> {
            OrderStream stream = joined.stream;
            return CompletableFuture.completedFuture(stream)
                    .thenCompose(entered -> find.get())
                    .thenApply(order -> {
                        // Whatever was changed until the stream joined is in there.
                        stream.read(List.of(Event.of(joined.position, order)), joined.position, false);
                        return stream;
                    })
                    .whenComplete((begun, failure) -> {
                        if (failure != null) {
                            stream.close();
                        }
                    });
        });
    }

    /** Enters a stream, which is told of all changes after some position from here on. */
    private CompletableFuture<Joined> join(@Nullable OrderId only) {
        if (open.incrementAndGet() > properties.streams().most() || stopping) {
            open.decrementAndGet();
            throw ProblemException.passing(ProblemType.TOO_MANY_STREAMS, RETRY_AFTER_SECONDS);
        }
        OrderStream stream = new OrderStream(only, behind::readOn, this::leave);
        CompletableFuture<Joined> joined = new CompletableFuture<Joined>()
                .orTimeout(properties.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
        loop.execute(() -> {
            streams.enter(stream);
            Long now = position;
            if (now == null) {
                joining.add(from -> joined.complete(new Joined(stream, from)));
            } else {
                joined.complete(new Joined(stream, now));
            }
            follow();
        });
        return joined.whenComplete((result, failure) -> {
            if (failure != null) {
                stream.close();
            }
        });
    }

    /** Called by a stream that has ended, on any thread. */
    private void leave(OrderStream stream) {
        open.decrementAndGet();
        loop.execute(() -> streams.leave(stream));
    }

    private void follow() {
        if (!following && !stopping) {
            following = true;
            askForMore();
        }
    }

    private void askForMore() {
        Long after = position;
        long patience = after == null ? 0 : patienceMillis();
        loop.then(news.changes(after, patience), this::changed, this::failed);
    }

    /** Well below the time within which a query has to be answered. */
    private long patienceMillis() {
        return Math.min(LONGEST_PATIENCE.toMillis(), properties.queryTimeout().toMillis() / 2);
    }

    private void changed(OrderChangePage page) {
        failing = false;
        if (stopping || streams.isEmpty()) {
            // Nobody follows: whoever comes next begins at what is then the last change.
            following = false;
            position = null;
        } else if (position == null) {
            position = page.until();
            joining.forEach(joined -> joined.accept(page.until()));
            joining.clear();
            askForMore();
        } else if (page.lost()) {
            startAnew(page.until());
        } else {
            tell(page);
        }
    }

    private void tell(OrderChangePage page) {
        Map<OrderId, Long> followed =
                OrderNews.lastOf(page.changes().stream().filter(change -> streams.isFollowed(change.orderId())));
        loop.then(
                news.events(followed),
                events -> {
                    events.forEach(this::offer);
                    goOnFrom(page.until());
                },
                this::failed);
    }

    private void offer(Event event) {
        List<OrderStream> followers = streams.offer(event);
        loop.wake(followers);
        told.addAndGet(followers.size());
    }

    private void goOnFrom(long number) {
        position = number;
        askForMore();
    }

    /** This process itself was away for longer than changes are kept. */
    private void startAnew(long until) {
        streams.ofAllOrders().forEach(stream -> stream.lost(until));
        loop.wake(streams.ofAllOrders());
        Map<OrderId, Long> followed = new LinkedHashMap<>();
        streams.singleOrders().forEach(orderId -> followed.put(orderId, until));
        loop.then(
                news.events(followed),
                events -> {
                    // Whoever follows all orders knows of these already that they are lost.
                    events.forEach(event -> streams.ofOrder(event.orderId()).forEach(stream -> {
                        stream.offer(event);
                        loop.wake(stream);
                    }));
                    goOnFrom(until);
                },
                this::failed);
    }

    private void failed(Throwable failure) {
        if (!failing) {
            log.warn("could not ask what becomes of orders; tried again until it works", failure);
        }
        failing = true;
        if (!stopping) {
            loop.later(this::askForMore);
        }
    }

    @Override
    public void start() {
        running = true;
        loop.every(properties.streams().heartbeat(), streams::beat);
    }

    /** Ends every stream, before the server waits for what is not answered yet: clients come again, elsewhere. */
    @Override
    public void stop() {
        stopping = true;
        running = false;
        loop.execute(streams::closeAll);
        loop.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * A stream that is told of changes.
     *
     * @param stream the stream
     * @param position of all changes after this one
     */
    private record Joined(OrderStream stream, long position) {}
}
