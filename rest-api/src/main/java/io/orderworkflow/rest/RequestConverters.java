package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.eventstore.AggregateType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;

/**
 * Reads what stands in paths, parameters and headers, strictly: the framework's own converters take {@code 1-1-1-1-1}
 * for a UUID, and of a header that is given twice the first.
 */
final class RequestConverters {

    /** Beyond these, PostgreSQL's times end. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private RequestConverters() {}

    static void addTo(FormatterRegistry registry) {
        add(registry, Sku.class, Sku::new);
        add(registry, CustomerId.class, CustomerId::new);
        add(registry, OrderId.class, text -> new OrderId(uuid(text)));
        add(registry, CartId.class, text -> new CartId(uuid(text)));
        add(registry, PaymentId.class, text -> new PaymentId(uuid(text)));
        add(registry, StatusFilter.class, StatusFilter::parse);
        addForRepeated(registry, StatusFilter.class, StatusFilter::parse);
        add(registry, SwitchMode.class, SwitchMode::parse);
        add(registry, Instant.class, RequestConverters::instant);
        add(registry, AggregateId.class, AggregateId::new);
        add(registry, AggregateType.class, text -> AggregateType.named(text).orElseThrow());
        add(registry, EventType.class, EventType::parse);
        add(registry, Moment.class, Moment::parse);
        add(registry, IdempotencyKey.class, IdempotencyKey::new);
        add(registry, LastEventId.class, LastEventId::parse);
        addForRepeated(registry, LastEventId.class, texts -> {
            throw new IllegalArgumentException("given " + texts.length + " times");
        });
        add(registry, WaitPreference.class, WaitPreference::parse);
        addForRepeated(registry, WaitPreference.class, texts -> WaitPreference.parse(String.join(",", texts)));
        addForRepeated(registry, IdempotencyKey.class, texts -> {
            throw new IllegalArgumentException("given " + texts.length + " times");
        });
    }

    private static <T> void add(FormatterRegistry registry, Class<T> type, Converter<String, T> converter) {
        registry.addConverter(String.class, type, converter);
    }

    private static <T> void addForRepeated(
            FormatterRegistry registry, Class<T> type, Converter<String[], T> converter) {
        registry.addConverter(String[].class, type, converter);
    }

    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a UUID in full");
        }
        return uuid;
    }

    static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("beyond the years 1 to 9999");
        }
        return instant;
    }
}
