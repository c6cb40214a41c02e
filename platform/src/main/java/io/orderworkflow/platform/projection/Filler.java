package io.orderworkflow.platform.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Handles the events of the past for the next generation, until there are hardly any left: then its processor goes on.
 * Does what that would do, with the same handlers and the same token, but in large batches, which are read and made
 * messages of while the batch before is written; a processor hands a thousand events to its worker, and then waits for a
 * tenth of a second.
 */
final class Filler {

    private static final Logger LOG = LoggerFactory.getLogger(Filler.class);
    private static final int SEGMENT = 0;

    /** A page that is not full by then is of events that are just happening. */
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(1);

    private final Generation next;
    private final EventHandlerInvoker handlers;
    private final Configuration axon;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcTemplate jdbc;
    private final RebuildSettings settings;
    private volatile boolean stopped;

    Filler(
            Generation next,
            EventHandlerInvoker handlers,
            Configuration axon,
            TokenStore tokens,
            TransactionManager transactions,
            JdbcTemplate jdbc,
            RebuildSettings settings) {
        this.next = next;
        this.handlers = handlers;
        this.axon = axon;
        this.tokens = tokens;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    void stop() {
        stopped = true;
    }

    /**
     * Handles events, unless somebody else does.
     *
     * @return whether there are hardly any left
     */
    boolean run() throws InterruptedException {
        TrackingToken token;
        try {
            token = transactions.fetchInTransaction(() -> tokens.fetchToken(next.processor(), SEGMENT));
        } catch (UnableToClaimTokenException taken) {
            return false;
        }
        LOG.info("{} is filled from {}", next.processor(), token);
        BlockingQueue<Page> pages = new ArrayBlockingQueue<>(2);
        Thread reader = new Thread(() -> read(token, pages), next.processor() + "-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            while (!stopped) {
                Page page = pages.poll(100, TimeUnit.MILLISECONDS);
                if (page == null) {
                    continue;
                }
                if (page.failure() != null) {
                    throw page.failure();
                }
                handle(page.events());
                if (page.last()) {
                    return true;
                }
            }
            return false;
        } finally {
            reader.interrupt();
            transactions.executeInTransaction(() -> tokens.releaseClaim(next.processor(), SEGMENT));
            handlers.segmentReleased(Segment.ROOT_SEGMENT);
        }
    }

    private void read(@Nullable TrackingToken from, BlockingQueue<Page> pages) {
        try (BlockingStream<TrackedEventMessage<?>> events = axon.eventStore().openStream(from)) {
            boolean last = false;
            while (!last && !stopped) {
                List<TrackedEventMessage<?>> page = new ArrayList<>(settings.batchSize());
                long until = System.nanoTime() + PAGE_LIMIT.toNanos();
                while (!last && page.size() < settings.batchSize()) {
                    if (System.nanoTime() < until && events.hasNextAvailable(50, TimeUnit.MILLISECONDS)) {
                        page.add(prepared(events.nextAvailable()));
                    } else {
                        last = true;
                    }
                }
                pages.put(new Page(page, last, null));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            giveUp(failure, pages);
        }
    }

    /** Behind the pages that were read: whoever handles them waits for this. */
    private static void giveUp(RuntimeException failure, BlockingQueue<Page> pages) {
        try {
            pages.put(new Page(List.of(), false, failure));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Read here, beside the writing. What cannot be read is parked by whoever handles it. */
    private static TrackedEventMessage<?> prepared(TrackedEventMessage<?> event) {
        try {
            event.getPayload();
        } catch (RuntimeException unreadable) {
            LOG.debug("event {} cannot be read", event.getIdentifier(), unreadable);
        }
        return event;
    }

    private void handle(List<TrackedEventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        TrackingToken token = events.get(events.size() - 1).trackingToken();
        BatchingUnitOfWork<EventMessage<?>> batch = new BatchingUnitOfWork<>(List.copyOf(events));
        batch.attachTransaction(transactions);
        batch.resources().put(ProjectionBatch.segmentIdResource(next.processor()), SEGMENT);
        batch.resources().put(ProjectionBatch.tokenResource(next.processor()), token);
        batch.onPrepareCommit(committing -> {
            // A crash may take the last batches back, with their tokens.
            jdbc.execute("set local synchronous_commit = off");
            tokens.storeToken(token, next.processor(), SEGMENT);
        });
        var result = batch.executeWithResult(() -> {
            handlers.handle(batch.getMessage(), Segment.ROOT_SEGMENT);
            return null;
        });
        if (result.isExceptional()) {
            throw new IllegalStateException("a batch could not be handled", result.exceptionResult());
        }
    }

    private record Page(
            List<TrackedEventMessage<?>> events,
            boolean last,
            @Nullable RuntimeException failure) {}
}
