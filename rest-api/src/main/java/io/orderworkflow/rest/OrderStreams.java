package io.orderworkflow.rest;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrderChanges;
import io.orderworkflow.api.order.FindOrdersById;
import io.orderworkflow.api.order.OrderChangePage;
import io.orderworkflow.api.order.OrderChangePage.Change;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.OrdersById;
import io.orderworkflow.rest.OrderStream.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** So many changes are read at once: an answer stays well below what a message may be. */
    private static final int PAGE = 100;

    /** So many streams that are behind read at once: others are not to be kept waiting. */
    private static final int READ_AT_ONCE = 4;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(5);

    /** A client that is gone before its stream is opened is noticed by nobody else. */
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(30);

    private final Gateways gateways;
    private final RestProperties properties;
    private final Origin origin = Origin.anonymous("order-streams");
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "order-streams");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;
    private volatile boolean stopping;

    // All of the loop's thread.
    private final Set<OrderStream> ofAllOrders = new LinkedHashSet<>();
    private final Map<OrderId, Set<OrderStream>> ofOneOrder = new HashMap<>();
    private final Map<OrderStream, Long> unconnected = new HashMap<>();
    private final List<LongConsumer> joining = new ArrayList<>();
    private final Set<OrderStream> awake = new LinkedHashSet<>();
    private final Queue<OrderStream> toRead = new ArrayDeque<>();
    private int reading;
    private @Nullable Long position;
    private boolean following;
    private boolean failing;

    OrderStreams(Gateways gateways, RestProperties properties) {
        this.gateways = gateways;
        this.properties = properties;
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
            throw ProblemException.of(ProblemType.TOO_MANY_STREAMS, ProblemType.TOO_MANY_STREAMS.description());
        }
        OrderStream stream = new OrderStream(only, this::readOn, this::leave);
        CompletableFuture<Joined> joined = new CompletableFuture<Joined>()
                .orTimeout(properties.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
        onLoop(() -> {
            enter(stream);
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

    private void enter(OrderStream stream) {
        OrderId only = stream.only();
        if (only == null) {
            ofAllOrders.add(stream);
        } else {
            ofOneOrder.computeIfAbsent(only, any -> new LinkedHashSet<>()).add(stream);
        }
        unconnected.put(stream, System.nanoTime() + TIME_TO_CONNECT.toNanos());
    }

    /** Called by a stream that has ended, on any thread. */
    private void leave(OrderStream stream) {
        open.decrementAndGet();
        onLoop(() -> {
            ofAllOrders.remove(stream);
            unconnected.remove(stream);
            OrderId only = stream.only();
            if (only != null) {
                ofOneOrder.computeIfPresent(only, (orderId, streams) -> {
                    streams.remove(stream);
                    return streams.isEmpty() ? null : streams;
                });
            }
        });
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
        then(
                gateways.ask(new FindOrderChanges(after, PAGE, patience), OrderChangePage.class, origin),
                this::changed,
                this::failed);
    }

    /** Well below the time within which a query has to be answered. */
    private long patienceMillis() {
        return Math.min(LONGEST_PATIENCE.toMillis(), properties.queryTimeout().toMillis() / 2);
    }

    private void changed(OrderChangePage page) {
        failing = false;
        if (stopping || (ofAllOrders.isEmpty() && ofOneOrder.isEmpty())) {
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
        Map<OrderId, Long> followed = lastChanges(page.changes().stream()
                .filter(change -> !ofAllOrders.isEmpty() || ofOneOrder.containsKey(change.orderId())));
        withEvents(
                followed,
                events -> {
                    events.forEach(this::offer);
                    position = page.until();
                    askForMore();
                },
                this::failed);
    }

    private void offer(Event event) {
        Set<OrderStream> ofThisOrder = ofOneOrder.getOrDefault(event.orderId(), Set.of());
        Stream.concat(ofAllOrders.stream(), ofThisOrder.stream()).forEach(stream -> {
            stream.offer(event);
            awake.add(stream);
        });
        told.addAndGet(ofAllOrders.size() + ofThisOrder.size());
    }

    /** This process itself was away for longer than changes are kept. */
    private void startAnew(long until) {
        ofAllOrders.forEach(stream -> stream.lost(until));
        awake.addAll(ofAllOrders);
        Map<OrderId, Long> followed = new LinkedHashMap<>();
        ofOneOrder.keySet().forEach(orderId -> followed.put(orderId, until));
        withEvents(
                followed,
                events -> {
                    events.forEach(event -> ofOneOrder
                            .getOrDefault(event.orderId(), Set.of())
                            .forEach(stream -> {
                                stream.offer(event);
                                awake.add(stream);
                            }));
                    position = until;
                    askForMore();
                },
                this::failed);
    }

    private void failed(Throwable failure) {
        if (!failing) {
            log.warn("could not ask what becomes of orders; tried again until it works", failure);
        }
        failing = true;
        if (!stopping) {
            later(this::askForMore);
        }
    }

    /** A stream has told all that it had, and there is more. Called on any thread. */
    private void readOn(OrderStream stream) {
        onLoop(() -> {
            toRead.add(stream);
            readNext();
        });
    }

    private void readNext() {
        while (reading < READ_AT_ONCE && !toRead.isEmpty()) {
            OrderStream stream = toRead.remove();
            reading++;
            then(
                    gateways.ask(new FindOrderChanges(stream.told(), PAGE, 0), OrderChangePage.class, origin),
                    page -> read(stream, page),
                    failure -> notRead(stream));
        }
    }

    private void read(OrderStream stream, OrderChangePage page) {
        if (page.lost()) {
            stream.lost(page.until());
            hasRead(stream);
            return;
        }
        withEvents(
                lastChanges(page.changes().stream()),
                events -> {
                    stream.read(events, page.until(), page.more());
                    hasRead(stream);
                },
                failure -> notRead(stream));
    }

    private void hasRead(OrderStream stream) {
        reading--;
        awake.add(stream);
        readNext();
    }

    private void notRead(OrderStream stream) {
        reading--;
        later(() -> {
            stream.notRead();
            stream.wake();
        });
        readNext();
    }

    /** Of each order the last change, in their order. */
    private static Map<OrderId, Long> lastChanges(Stream<Change> changes) {
        Map<OrderId, Long> last = new LinkedHashMap<>();
        changes.forEach(change -> {
            last.remove(change.orderId());
            last.put(change.orderId(), change.number());
        });
        return last;
    }

    /** Reads the orders as they are now, which is after those changes. */
    private void withEvents(Map<OrderId, Long> changes, Consumer<List<Event>> events, Consumer<Throwable> otherwise) {
        if (changes.isEmpty()) {
            events.accept(List.of());
            return;
        }
        then(
                gateways.ask(new FindOrdersById(Set.copyOf(changes.keySet())), OrdersById.class, origin),
                found -> {
                    Map<OrderId, OrderView> orders =
                            found.items().stream().collect(toMap(OrderView::orderId, order -> order));
                    List<Event> all = new ArrayList<>();
                    changes.forEach((orderId, number) -> {
                        OrderView order = orders.get(orderId);
                        if (order != null) {
                            all.add(Event.of(number, order));
                        }
                    });
                    events.accept(all);
                },
                otherwise);
    }

    private <A> void then(CompletableFuture<A> asked, Consumer<A> answered, Consumer<Throwable> otherwise) {
        CompletableFuture<A> unused = asked.whenComplete((answer, failure) -> onLoop(() -> {
            if (failure == null) {
                answered.accept(answer);
            } else {
                otherwise.accept(failure);
            }
        }));
    }

    private void onLoop(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException over) {
            log.debug("nothing is told any more");
        }
    }

    private void later(Runnable task) {
        var unused = executor.schedule(() -> run(task), PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything that there is to tell is gathered before it is written. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException unexpected) {
            log.error("streams of orders failed", unexpected);
        }
        List<OrderStream> toWake = List.copyOf(awake);
        awake.clear();
        toWake.forEach(OrderStream::wake);
    }

    private void beat() {
        long now = System.nanoTime();
        all().forEach(OrderStream::heartbeat);
        unconnected.keySet().removeIf(OrderStream::isConnected);
        List.copyOf(unconnected.entrySet()).stream()
                .filter(stream -> stream.getValue() - now < 0)
                .forEach(stream -> stream.getKey().close());
    }

    private List<OrderStream> all() {
        return Stream.concat(ofAllOrders.stream(), ofOneOrder.values().stream().flatMap(Collection::stream))
                .toList();
    }

    @Override
    public void start() {
        running = true;
        long interval = properties.streams().heartbeat().toMillis();
        var unused = executor.scheduleAtFixedRate(() -> run(this::beat), interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Ends every stream, before the server waits for what is not answered yet: clients come again, elsewhere. */
    @Override
    public void stop() {
        stopping = true;
        running = false;
        onLoop(() -> all().forEach(OrderStream::close));
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("streams of orders did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
