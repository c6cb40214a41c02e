package io.orderworkflow.simulator;

import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** What is scheduled, as it is kept in the program's table: changed with the commit of the batch, and claimed when due. */
final class DurableSchedule implements CommandSchedule {

    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Clock clock;

    DurableSchedule(Clock clock) {
        this.clock = clock;
    }

    void clear() {
        entries.clear();
    }

    @Override
    public void schedule(String name, Instant due, Object command) {
        change(() -> entries.put(name, new Entry(name, due, GenericCommandMessage.asCommandMessage(command))));
    }

    @Override
    public void cancel(String name) {
        change(() -> entries.remove(name));
    }

    private static void change(Runnable change) {
        if (CurrentUnitOfWork.isStarted()) {
            BatchOfEvents.current().durably(change);
        } else {
            change.run();
        }
    }

    List<Entry> due() {
        return entries.values().stream()
                .filter(entry -> !entry.due().isAfter(clock.instant()))
                .toList();
    }

    /** Puts it off for as long as its sender may need. */
    Entry claim(Entry due) {
        Entry claimed = new Entry(due.name(), clock.instant().plus(CLAIM), due.command());
        entries.put(due.name(), claimed);
        return claimed;
    }

    /** Strikes off what was claimed and is done, unless something else took its place. */
    void done(Entry claimed) {
        entries.remove(claimed.name(), claimed);
    }

    @Nullable
    Instant nextDue() {
        return entries.values().stream()
                .map(Entry::due)
                .filter(due -> due.isAfter(clock.instant()))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public String toString() {
        return entries.values().stream()
                .map(entry -> entry.name() + entry.due() + entry.command().getPayload())
                .toList()
                .toString();
    }

    /** Something scheduled. */
    record Entry(String name, Instant due, CommandMessage<?> command) {}
}
