package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.application.Shop.UnreachableException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Orders that come in at a steady rate, whatever becomes of the program meanwhile. Whoever is refused, or gets no answer,
 * asks again with the same key until the order is accepted.
 */
final class SteadyOrders implements AutoCloseable {

    private static final String[] TOKENS = {"tok_ok", "tok_ok", "tok_ok", "tok_declined", "tok_flaky", "tok_lost"};
    private static final int CLIENTS = 16;
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(500);

    private final String name;
    private final List<Supplier<Shop>> shops;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> arrivals;

    /**
     * Begins.
     *
     * @param name to make the keys of
     * @param perSecond how many orders come in
     * @param shops who are asked in turn. Where one takes no connections, the next one is asked.
     */
    SteadyOrders(String name, int perSecond, List<Supplier<Shop>> shops) {
        this.name = name;
        this.shops = List.copyOf(shops);
        this.arrivals = clients.scheduleAtFixedRate(this::arrive, 0, 1_000_000L / perSecond, TimeUnit.MICROSECONDS);
    }

    private void arrive() {
        String key = name + "-" + placed.incrementAndGet();
        clients.execute(() -> ask(key));
    }

    private void ask(String key) {
        try {
            Answer answer = place(key, 1);
            if (answer.status() == 202) {
                accepted.put(key, answer.body().get("orderId").asString());
                return;
            }
            failures.put(key, answer.status() + " " + answer.body());
        } catch (UnreachableException failure) {
            failures.put(key, String.valueOf(failure.getCause()));
        }
        var unused = clients.schedule(() -> ask(key), BEFORE_ASKING_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Answer place(String key, int attempt) {
        Shop shop =
                shops.get(Math.floorMod(turns.incrementAndGet(), shops.size())).get();
        try {
            return shop.placeOrder(key, token(key), line("A", 1), line("B", 2));
        } catch (UnreachableException failure) {
            if (failure.getCause() instanceof ConnectException && attempt < shops.size()) {
                return place(key, attempt + 1);
            }
            throw failure;
        }
    }

    private static String token(String key) {
        return TOKENS[Math.floorMod(key.hashCode(), TOKENS.length)];
    }

    /** How an order has to end. */
    static String expectedStatus(String key) {
        return token(key).equals("tok_declined") ? "REJECTED" : "CONFIRMED";
    }

    /** Lets no more orders come in, and waits until all that have are accepted. */
    void end(Duration patience) {
        arrivals.cancel(false);
        await("all orders accepted").atMost(patience).until(() -> accepted.size() == placed.get());
    }

    int count() {
        return accepted.size();
    }

    /** The accepted orders, by key. */
    Map<String, String> accepted() {
        return Map.copyOf(accepted);
    }

    /** What was answered to orders that were not accepted at once, by key. */
    Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
