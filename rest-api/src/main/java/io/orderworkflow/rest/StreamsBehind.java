package io.orderworkflow.rest;

import io.orderworkflow.api.order.OrderChangePage;
import java.util.ArrayDeque;
import java.util.Queue;

/** Streams whose clients are behind: each reads on from the last change that its client has got, a few at a time. */
final class StreamsBehind {

    /** So many read at once: others are not to be kept waiting. */
    private static final int READ_AT_ONCE = 4;

    private final OrderNews news;
    private final StreamLoop loop;

    // All of the loop's thread.
    private final Queue<OrderStream> waiting = new ArrayDeque<>();
    private int reading;

    StreamsBehind(OrderNews news, StreamLoop loop) {
        this.news = news;
        this.loop = loop;
    }

    /** A stream has told all that it had, and there is more. Called on any thread. */
    void readOn(OrderStream stream) {
        loop.execute(() -> {
            waiting.add(stream);
            readNext();
        });
    }

    private void readNext() {
        while (reading < READ_AT_ONCE && !waiting.isEmpty()) {
            OrderStream stream = waiting.remove();
            reading++;
            loop.then(news.changes(stream.told(), 0), page -> read(stream, page), failure -> notRead(stream));
        }
    }

    private void read(OrderStream stream, OrderChangePage page) {
        if (page.lost()) {
            stream.lost(page.until());
            hasRead(stream);
            return;
        }
        loop.then(
                news.events(OrderNews.lastOf(page.changes().stream())),
                events -> {
                    stream.read(events, page.until(), page.more());
                    hasRead(stream);
                },
                failure -> notRead(stream));
    }

    private void hasRead(OrderStream stream) {
        reading--;
        loop.wake(stream);
        readNext();
    }

    private void notRead(OrderStream stream) {
        reading--;
        loop.later(() -> {
            stream.notRead();
            stream.wake();
        });
        readNext();
    }
}
