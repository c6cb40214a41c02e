package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild of read models: a new generation of their tables that is filled, from all events, beside the live one, and
 * then takes its place.
 *
 * @param processor the processor whose read models are rebuilt
 * @param state how far it has come
 * @param switching whether the generations are going to change places as soon as that can be
 * @param startedAt when it was started
 * @param startedBy by whom
 * @param target position of the last event at that moment
 * @param position position up to which the generation that is not read has handled all events; -1 if none
 * @param head position of the last event of all, when that was looked at
 * @param eventsPerSecond how many events it handles a second; {@code null} while that is not known
 * @param secondsLeft how long it is going to take until the generation is filled; {@code null} while that is not known
 * @param readyAt when it was filled and compared; {@code null} before
 * @param switchedAt when the generations changed places last; {@code null} before
 * @param differences what the new generation has otherwise than the old one, a table each; {@code null} before they are
 *     compared
 * @param failure why they could not be compared, or not change places; {@code null} if nothing is wrong
 */
public record RebuildView(
        String processor,
        State state,
        boolean switching,
        Instant startedAt,
        String startedBy,
        long target,
        long position,
        long head,
        @Nullable Double eventsPerSecond,
        @Nullable Long secondsLeft,
        @Nullable Instant readyAt,
        @Nullable Instant switchedAt,
        @Nullable List<Difference> differences,
        @Nullable String failure) {

    /** Copies the differences. */
    public RebuildView {
        differences = differences == null ? null : List.copyOf(differences);
    }

    /** How far a rebuild has come. */
    public enum State {
        /** The new generation handles the events of the past. */
        FILLING,
        /** It has caught up, was compared, and keeps up; the old one is read. */
        READY,
        /** The new generation is read; the old one keeps up, so that it can be gone back to. */
        SWITCHED
    }

    /**
     * What of a table is otherwise in the new generation, at the same position.
     *
     * @param table the table
     * @param onlyInOld how many rows only the old generation has
     * @param onlyInNew how many rows only the new generation has
     * @param differing how many rows say something else
     * @param moving how many rows changed each time that they were looked at, so that nothing can be said of them
     * @param sample keys of some of the rows that are missing, or differ
     */
    public record Difference(
            String table, long onlyInOld, long onlyInNew, long differing, long moving, List<String> sample) {

        /** Copies the sample. */
        public Difference {
            sample = List.copyOf(sample);
        }
    }
}
