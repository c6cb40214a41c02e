package io.orderworkflow.platform.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.axonframework.common.DateTimeUtils;

/**
 * The time of an event as Axon stores it, such as {@code 2026-11-22T01:30:00.123Z}, in a small part of the time that its
 * formatter takes. Whatever is of another form is left to that.
 */
final class EventTime {

    private static final String FORM = "0000-00-00T00:00:00.000Z";
    private static final int YEAR = 0;
    private static final int MONTH = 5;
    private static final int DAY = 8;
    private static final int HOUR = 11;
    private static final int MINUTE = 14;
    private static final int SECOND = 17;
    private static final int MILLIS = 20;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private EventTime() {}

    static String format(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            return DateTimeUtils.formatInstant(time);
        }
        byte[] text = FORM.getBytes(StandardCharsets.ISO_8859_1);
        write(utc.getYear(), text, YEAR, 4);
        write(utc.getMonthValue(), text, MONTH, 2);
        write(utc.getDayOfMonth(), text, DAY, 2);
        write(utc.getHour(), text, HOUR, 2);
        write(utc.getMinute(), text, MINUTE, 2);
        write(utc.getSecond(), text, SECOND, 2);
        write(utc.getNano() / NANOS_PER_MILLI, text, MILLIS, 3);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(int number, byte[] text, int begin, int digits) {
        int rest = number;
        for (int i = begin + digits - 1; i >= begin; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads what was written.
     *
     * @throws DateTimeException if it is no time
     */
    static Instant parse(String text) {
        if (!isOfForm(text)) {
            return DateTimeUtils.parseInstant(text);
        }
        return LocalDateTime.of(
                        read(text, YEAR, 4),
                        read(text, MONTH, 2),
                        read(text, DAY, 2),
                        read(text, HOUR, 2),
                        read(text, MINUTE, 2),
                        read(text, SECOND, 2),
                        read(text, MILLIS, 3) * NANOS_PER_MILLI)
                .toInstant(ZoneOffset.UTC);
    }

    private static boolean isOfForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char expected = FORM.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static int read(String text, int begin, int digits) {
        int number = 0;
        for (int i = begin; i < begin + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
