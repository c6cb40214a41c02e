package io.orderworkflow.query;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a batch of events has changed, once it has committed: whoever begins to follow before that is told, and
 * whoever begins after it reads it.
 *
 * @param <K> what identifies something that changes
 */
final class CommittedChanges<K> {

    private static final Logger LOG = LoggerFactory.getLogger(CommittedChanges.class);

    private final Consumer<Set<K>> tell;

    CommittedChanges(Consumer<Set<K>> tell) {
        this.tell = tell;
    }

    void add(Collection<K> changed) {
        if (changed.isEmpty()) {
            return;
        }
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.<Set<K>>getOrComputeResource(toString(), key -> {
                    Set<K> all = new LinkedHashSet<>();
                    batch.afterCommit(committed -> tell(all));
                    return all;
                })
                .addAll(changed);
    }

    private void tell(Set<K> changed) {
        try {
            tell.accept(changed);
        } catch (RuntimeException failed) {
            // What happened is written; only its followers have to look for themselves.
            LOG.warn("could not tell the followers of {} changes", changed.size(), failed);
        }
    }
}
