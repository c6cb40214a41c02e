package io.orderworkflow.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/** Customers who have the page of their order open: a stream each, from when it was placed until all is over. */
final class FollowedOrders {

    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final int most;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final LongAdder events = new LongAdder();

    /**
     * Follows nobody yet.
     *
     * @param base where the program answers
     * @param most how many orders to follow, the first that are placed
     */
    FollowedOrders(URI base, int most) {
        this.base = base;
        this.most = most;
    }

    /** Follows an order, if there are not enough already. */
    void follow(String orderId) {
        if (begun.get() >= most || begun.getAndIncrement() >= most) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/orders/" + orderId + "/stream"))
                .header("Accept", "text/event-stream")
                .build();
        var unused = http.sendAsync(request, this::subscriber);
    }

    private HttpResponse.BodySubscriber<Void> subscriber(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() == OK
                ? BodySubscribers.fromLineSubscriber(new Follower())
                : BodySubscribers.replacing(null);
    }

    /** Whether each order that is followed was seen settled, and its stream is open still. */
    boolean sawAllSettled() {
        return open.get() == followed() && settled.get() == followed();
    }

    private int followed() {
        return Math.min(begun.get(), most);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d open to the end, %,d of them saw their order settled; %,d events",
                open.get(),
                followed(),
                settled.get(),
                events.sum());
    }

    /** One stream: lines of server-sent events. */
    private final class Follower implements Flow.Subscriber<String> {

        private static final String DATA = "data:";

        private boolean sawSettled;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            open.incrementAndGet();
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.startsWith(DATA)) {
                return;
            }
            events.increment();
            if (!sawSettled
                    && JsonMapper.shared()
                            .readTree(line.substring(DATA.length()))
                            .path("settledAt")
                            .isString()) {
                sawSettled = true;
                settled.incrementAndGet();
            }
        }

        @Override
        public void onError(Throwable failure) {
            open.decrementAndGet();
        }

        @Override
        public void onComplete() {
            open.decrementAndGet();
        }
    }
}
