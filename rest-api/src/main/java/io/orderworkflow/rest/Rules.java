package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.eventstore.AggregateType;
import io.orderworkflow.api.order.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of requests, in the words in which clients are told of them. */
final class Rules {

    static final String REQUIRED = "is required";
    static final String ONE_OBJECT = "must be one JSON object";
    static final String IDENTIFIER = "must be 1 to 64 characters of A-Z a-z 0-9 . _ -";
    static final String ORDER_QUANTITY = "must be 1 to 10000";
    static final String ORDER_LINES = "must have 1 to 100 lines";
    static final String STOCK_QUANTITY = "must be 1 to 1000000000";
    static final String STOCK_DELTA = "must be -1000000000 to 1000000000 and not 0";
    static final String REORDER_POINT = "must be 0 to 1000000000";
    static final String DEMO_RATE = "must be 0.1 to 50";
    static final String DEMO_SECONDS = "must be 1 to 86400";
    static final String PAGE = "must be 0 to 10000000";
    static final String SEGMENT = "must be 0 to 32767";
    static final String PAGE_SIZE = "must be 1 to 200";
    static final String NOT_IN_THE_FUTURE = "must not be in the future";
    static final String TIME = "must be a time in ISO 8601, such as 2026-11-21T10:15:30Z";

    /** Pages of any size up to this one begin within the number of items that the read side can count. */
    static final int MAX_PAGE = 10_000_000;

    /** Far more segments than a processor can have. */
    static final int MAX_SEGMENT = 32_767;

    private static final String WHOLE_NUMBER = "must be a whole number";
    private static final String TRUE_OR_FALSE = "must be true or false";
    private static final String UUID = "must be a UUID";

    private static final Map<Class<?>, String> OF_TYPES = Map.ofEntries(
            Map.entry(Sku.class, IDENTIFIER),
            Map.entry(CustomerId.class, IDENTIFIER),
            Map.entry(OrderId.class, UUID),
            Map.entry(CartId.class, UUID),
            Map.entry(PaymentId.class, UUID),
            Map.entry(Instant.class, TIME),
            Map.entry(AggregateId.class, AggregateId.RULE),
            Map.entry(
                    AggregateType.class,
                    "must be one of "
                            + Arrays.stream(AggregateType.values())
                                    .map(AggregateType::logicalName)
                                    .collect(Collectors.joining(", "))),
            Map.entry(EventType.class, EventType.RULE),
            Map.entry(Moment.class, Moment.RULE),
            Map.entry(IdempotencyKey.class, PrintableText.RULE),
            Map.entry(LastEventId.class, LastEventId.RULE),
            Map.entry(WaitPreference.class, WaitPreference.RULE),
            Map.entry(StatusFilter.class, oneOf(OrderStatus.values())),
            Map.entry(ParkedStepState.class, oneOf(ParkedStepState.values())),
            Map.entry(BigDecimal.class, "must be a number"),
            Map.entry(int.class, WHOLE_NUMBER),
            Map.entry(Integer.class, WHOLE_NUMBER),
            Map.entry(long.class, WHOLE_NUMBER),
            Map.entry(Long.class, WHOLE_NUMBER),
            Map.entry(boolean.class, TRUE_OR_FALSE),
            Map.entry(Boolean.class, TRUE_OR_FALSE),
            Map.entry(String.class, "must be a text in quotes"));

    private Rules() {}

    /** What a value that is read into a type must be. */
    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "is not valid";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return OF_TYPES.getOrDefault(type, "must be an object");
    }

    private static String oneOf(Enum<?>... values) {
        return "must be one of " + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
    }
}
