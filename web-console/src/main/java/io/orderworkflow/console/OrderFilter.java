package io.orderworkflow.console;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Which orders are listed, as the address says it. What it says wrongly is told beside the field, and not filtered by. */
final class OrderFilter {

    static final int PAGE_SIZE = 50;

    /** What the list can be sorted by, as the address names it, with the words for it. */
    private static final Map<String, String> SORTS = sortable();

    private static final Sort NEWEST_FIRST = Sort.NATURAL;

    private final MultiValueMap<String, String> given;
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
    private final @Nullable CustomerId customerId;
    private final @Nullable Sku sku;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final int page;

    OrderFilter(MultiValueMap<String, String> given) {
        this.given = given;
        for (String status : given.getOrDefault("status", List.of())) {
            Stream.of(OrderStatus.values())
                    .filter(known -> known.name().equals(status))
                    .forEach(statuses::add);
        }
        this.customerId = read("customerId", CustomerId::new, "must be 1 to 64 of A-Z a-z 0-9 . _ -");
        this.sku = read("sku", Sku::new, "must be 1 to 64 of A-Z a-z 0-9 . _ -");
        this.from = read("from", OrderFilter::moment, "must be a time such as 2026-11-21T18:00");
        this.to = read("to", OrderFilter::moment, "must be a time such as 2026-11-21T18:00");
        if (from != null && to != null && from.isAfter(to)) {
            errors.put("from", "must not be after the end");
        }
        this.page = Asked.number(text("page"));
    }

    private static Map<String, String> sortable() {
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("placedAt,desc", "Newest first");
        sorts.put("placedAt", "Oldest first");
        sorts.put("total,desc", "Highest total first");
        sorts.put("total", "Lowest total first");
        sorts.put("settledAt,desc", "Last settled first");
        sorts.put("customerId", "By customer");
        sorts.put("status", "By status");
        return sorts;
    }

    /** Without a zone it is UTC, as the field says. */
    private static Instant moment(String text) {
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0;
        Instant moment = zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new IllegalArgumentException(text);
        }
        return moment;
    }

    private <T> @Nullable T read(String field, Function<String, T> reader, String rule) {
        String text = text(field).strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException broken) {
            errors.put(field, rule);
            return null;
        }
    }

    /** What was typed into a field. */
    public String text(String field) {
        String text = given.getFirst(field);
        return text == null ? "" : text;
    }

    /** What is wrong with a field; {@code null} if nothing is. */
    public @Nullable String error(String field) {
        return errors.get(field);
    }

    public boolean has(OrderStatus status) {
        return statuses.contains(status);
    }

    public String sort() {
        return SORTS.containsKey(text("sort")) ? text("sort") : "placedAt,desc";
    }

    public Map<String, String> sorts() {
        return SORTS;
    }

    /** Whether the list is not simply all orders. */
    public boolean isNarrowed() {
        return !statuses.isEmpty() || customerId != null || sku != null || from != null || to != null;
    }

    /** Where this list is. */
    ListAddress address() {
        ListAddress address = new ListAddress("/console/orders").with("status", statuses);
        for (String field : List.of("customerId", "sku", "from", "to", "sort")) {
            address = address.with(field, text(field));
        }
        return address;
    }

    FindOrders query() {
        List<String> sort = new ArrayList<>(List.of(sort().split(",", -1)));
        boolean newest = sort().equals("placedAt,desc");
        return new FindOrders(
                statuses,
                customerId,
                sku,
                errors.containsKey("from") ? null : from,
                to,
                page,
                PAGE_SIZE,
                newest ? NEWEST_FIRST : new Sort(sort.get(0), sort.size() > 1));
    }
}
