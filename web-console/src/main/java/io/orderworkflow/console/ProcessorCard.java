package io.orderworkflow.console;

import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.RebuildView;
import org.jspecify.annotations.Nullable;

/**
 * A processor as it is shown.
 *
 * @param view how it stands
 * @param rebuild the rebuild of its read models; {@code null} if there is none
 */
record ProcessorCard(ProcessorView view, @Nullable RebuildView rebuild) {

    /** Processors of read models have the name of these; all others act, and must not do so again. */
    private static final String READ_MODEL = "-view";

    /** Fills a new generation, while there is a rebuild. */
    private static final String NEXT = "-next";

    static boolean canBeRebuilt(ProcessorView view) {
        return view.name().endsWith(READ_MODEL);
    }

    /** The one that fills new read models is there all the time, and does nothing mostly. */
    static boolean isWorthShowing(ProcessorView view) {
        return !view.name().endsWith(NEXT) || !view.segments().isEmpty();
    }

    public boolean isRebuildable() {
        return canBeRebuilt(view);
    }

    /** Whether it comes and goes with a rebuild: it is not an operator's to pause or split. */
    public boolean isOfRebuild() {
        return view.name().endsWith(NEXT);
    }

    /** How many events it is behind by: as many as the segment that is furthest behind. */
    public long lag() {
        return view.segments().stream()
                .mapToLong(ProcessorView.Segment::lag)
                .max()
                .orElse(0);
    }

    /** The age of the first event that it has not handled, in seconds. */
    public double lagSeconds() {
        return view.segments().stream()
                .mapToDouble(ProcessorView.Segment::lagSeconds)
                .max()
                .orElse(0);
    }

    /** How it does, in a word. */
    public String state() {
        if (view.pause() != null) {
            return "Paused";
        }
        if (view.segments().stream().anyMatch(segment -> segment.error() != null)) {
            return "Failing";
        }
        return view.running() ? "Running" : "Stopped";
    }

    public String tone() {
        return switch (state()) {
            case "Running" -> "good";
            case "Paused" -> "busy";
            default -> "bad";
        };
    }

    /** How much of the events the new read models have handled, in percent. */
    public int percent() {
        if (rebuild == null || rebuild.head() < 0) {
            return 0;
        }
        long handled = Math.max(0, rebuild.position() + 1);
        return (int) Math.min(100, 100 * handled / (rebuild.head() + 1));
    }

    /** How the rebuild stands, in words. */
    public String rebuildInWords() {
        if (rebuild == null) {
            return "";
        }
        if (rebuild.switching() && rebuild.state() != RebuildView.State.FILLING) {
            return "The generations are changing places.";
        }
        return switch (rebuild.state()) {
            case FILLING ->
                rebuild.switching()
                        ? "New read models are being filled; they take the place of the old ones by themselves."
                        : "New read models are being filled; the old ones are read meanwhile.";
            case READY -> "The new read models are ready and keep up; the old ones are read.";
            case SWITCHED -> "The new read models are read; the old ones keep up, to go back to.";
        };
    }

    /** Whether the new read models say anything else than the old ones. */
    public boolean differs() {
        return rebuild != null
                && rebuild.differences() != null
                && rebuild.differences().stream()
                        .anyMatch(table -> table.onlyInOld() + table.onlyInNew() + table.differing() > 0);
    }
}
