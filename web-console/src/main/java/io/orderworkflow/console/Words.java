package io.orderworkflow.console;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.ProviderAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How times, spans, amounts and names are written on pages. Scripts rewrite times for the reader's own zone. */
final class Words {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Clock clock;

    Words() {
        this(Clock.systemUTC());
    }

    Words(Clock clock) {
        this.clock = clock;
    }

    /** In full, such as {@code 2026-11-21 18:43:53 UTC}. */
    public String utc(Instant time) {
        return UTC.format(time);
    }

    /** The time of the day, such as {@code 18:43:53}, in UTC. */
    public String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** How long ago, such as {@code 3 min}. */
    public String age(Instant time) {
        long seconds = Math.max(0, Duration.between(time, clock.instant()).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /** The span between two moments, such as {@code 42 ms}, {@code 1.3 s} or {@code 2 min 5 s}. */
    public String between(Instant from, Instant to) {
        return span(Duration.between(from, to));
    }

    /** A span, such as {@code 42 ms}, {@code 1.3 s} or {@code 2 min 5 s}. */
    public String span(Duration span) {
        long millis = Math.max(0, span.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds < 86_400
                ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
                : seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** An amount, such as {@code 19.90 EUR}. */
    public String money(Money amount) {
        return String.format(Locale.ROOT, "%,.2f %s", amount.amount(), amount.currency());
    }

    /** A number of pieces, such as {@code 1,000}. */
    public String count(long pieces) {
        return String.format(Locale.ROOT, "%,d", pieces);
    }

    /** A constant's name as a person writes it, such as {@code Out of stock}. */
    public String name(Object constant) {
        String name = constant.toString().replace('_', ' ').toLowerCase(Locale.ROOT);
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** A text, with the times that stand in it taken out of it. */
    public List<Told> told(String text) {
        return Told.of(text);
    }

    /** A value as readable JSON. */
    public String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Enough of an identifier to tell it from others nearby. */
    public String brief(Object identifier) {
        String text = identifier.toString();
        return text.length() <= 8 ? text : text.substring(0, 8);
    }

    /** In which colour a payment's status is shown. */
    public String tone(PaymentStatus status) {
        return switch (status) {
            case REQUESTED, AUTHORIZED -> "busy";
            case CAPTURED -> "good";
            case DECLINED, FAILED -> "bad";
            case VOIDED, PARTIALLY_REFUNDED, REFUNDED -> "quiet";
        };
    }

    /** In which colour the outcome of a call to the provider is shown. */
    public String tone(ProviderAttempt.Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, FOUND -> "good";
            case REFUSED -> "bad";
            case UNAVAILABLE, NO_ANSWER -> "busy";
        };
    }

    /** In which colour an order's status is shown. */
    public String tone(OrderStatus status) {
        return switch (status) {
            case PLACED, RESERVED -> "busy";
            case CONFIRMED, SHIPPED, DELIVERED -> "good";
            case REJECTED -> "bad";
            case CANCELLED -> "quiet";
        };
    }
}
