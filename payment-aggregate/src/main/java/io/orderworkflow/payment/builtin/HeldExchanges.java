package io.orderworkflow.payment.builtin;

import com.sun.net.httpserver.HttpExchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Exchanges that are left without an answer. Their connections stay open for a while, as they would with a provider that
 * has lost its way, and hold no thread.
 */
final class HeldExchanges {

    private static final int MOST_HELD = 500;
    private static final Duration HELD_FOR = Duration.ofSeconds(60);

    private final Deque<HttpExchange> held = new ArrayDeque<>();

    synchronized void hold(HttpExchange exchange) {
        held.add(exchange);
        if (held.size() > MOST_HELD) {
            held.remove().close();
        }
        CompletableFuture.delayedExecutor(HELD_FOR.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> letGo(exchange));
    }

    private synchronized void letGo(HttpExchange exchange) {
        held.remove(exchange);
        exchange.close();
    }
}
