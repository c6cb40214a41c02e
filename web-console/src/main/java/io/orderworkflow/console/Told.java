package io.orderworkflow.console;

import io.orderworkflow.api.order.WorkflowSteps.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some words of a text, and the time that follows them: readers see it in their own zone.
 *
 * @param words what is said before it
 * @param time the time; {@code null} where the text ends without one
 */
record Told(String words, @Nullable Instant time) {

    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("'until 'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A text in which times may stand in full. */
    static List<Told> of(String text) {
        List<Told> told = new ArrayList<>();
        Matcher times = TIME.matcher(text);
        int end = 0;
        while (times.find()) {
            Instant time = time(times.group());
            if (time != null) {
                told.add(new Told(text.substring(end, times.start()), time));
                end = times.end();
            }
        }
        if (end < text.length()) {
            told.add(new Told(text.substring(end), null));
        }
        return told;
    }

    /** Reasons that people give are part of texts as well, and may say anything. */
    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** What was done in a step; of its deadline the record's text says the time of the day in UTC, here it is in full. */
    static String textOf(Step step) {
        return step.deadline() == null
                ? step.text()
                : step.text().replace(CLOCK.format(step.deadline()), "until " + step.deadline());
    }
}
