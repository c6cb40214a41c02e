package io.orderworkflow.platform.eventlog;

import io.orderworkflow.platform.history.EventReadability;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.serialization.SerializedType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Looks before the program begins to work whether it can read every type and revision of event that is stored. Those of
 * closed blocks are known; of what comes after them as much is read as is quickly done.
 */
final class StoredTypesCheck extends AbstractHealthIndicator implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(StoredTypesCheck.class);

    /** So many events Axon Server sends in a second or two. */
    private static final int READ_AT_START = 50_000;

    private final EventLog events;
    private final EventBlocks blocks;
    private final EventReadability readability;
    private volatile String result = "not checked yet";

    StoredTypesCheck(EventLog events, EventBlocks blocks, EventReadability readability) {
        super("whether the stored events can be read is not known");
        this.events = events;
        this.blocks = blocks;
        this.readability = readability;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            check();
        } catch (UnreadableEventsException e) {
            throw e;
        } catch (RuntimeException e) {
            // A store that is away for the moment keeps nobody from starting: whoever reads from it waits for it.
            result = "not checked: the store could not be read";
            log.warn("whether all stored events can be read was not checked", e);
        }
    }

    private void check() {
        Set<String> unreadable = new TreeSet<>();
        blocks.types().forEach(type -> addIfUnreadable(type, unreadable));
        long closedBefore = blocks.closedBefore();
        Summary rest = events.summary(closedBefore, Long.MAX_VALUE, READ_AT_START);
        rest.counts().forEach(count -> addIfUnreadable(EventBlocks.type(count.type(), count.revision()), unreadable));
        if (!unreadable.isEmpty()) {
            throw new UnreadableEventsException("The event store holds events that this version cannot read: "
                    + String.join(", ", unreadable) + ".");
        }
        boolean complete = rest.before() >= events.settled();
        result = complete ? "all can be read" : "not checked from position " + rest.before() + " on";
        if (!complete) {
            log.warn("whether stored events can be read was not checked from position {} on", rest.before());
        }
    }

    private void addIfUnreadable(SerializedType type, Set<String> unreadable) {
        if (!readability.canRead(type.getName(), type.getRevision())) {
            unreadable.add(type.getName()
                    + (type.getRevision() == null ? " without a revision" : " revision " + type.getRevision()));
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up().withDetail("storedEvents", result);
    }
}
