package io.orderworkflow.console;

import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way of an order as a row of stations, each with when it was reached and how long that took. */
final class OrderWay {

    /**
     * A station.
     *
     * @param name what is reached there
     * @param state {@code done}, {@code failed}, {@code current} or {@code ahead}
     * @param at when it was reached, or failed
     * @param took how long it took since the station before
     * @param note what is to be said of it
     */
    record Station(
            String name,
            String state,
            @Nullable Instant at,
            @Nullable Duration took,
            @Nullable String note) {}

    private final List<Entry> entries;
    private final List<Station> stations = new ArrayList<>();
    private @Nullable Instant before;

    private OrderWay(List<Entry> entries) {
        this.entries = entries;
    }

    static List<Station> of(OrderView order, List<Entry> entries, List<Workflow> waits) {
        OrderWay way = new OrderWay(entries);
        boolean over = order.status().isSettled();
        String waitsFor = waits.stream()
                .filter(wait -> wait.refundId() == null)
                .map(Workflow::waitingFor)
                .findFirst()
                .orElse(null);
        way.station("Placed", way.first("OrderPlaced"), Optional.empty());
        way.station("Stock set aside", way.allReserved(order), way.first("StockReservationRejected"));
        way.station("Payment authorised", way.first("PaymentAuthorized"), way.first("PaymentDeclined"));
        way.station("Money taken", way.first("PaymentCaptured"), way.first("PaymentCaptureFailed"));
        way.station("Confirmed", way.first("OrderConfirmed"), Optional.empty());
        way.undoing(order);
        switch (order.status()) {
            case REJECTED -> way.end("Rejected", "OrderRejected");
            case CANCELLED -> way.end("Cancelled", "OrderCancelled");
            case PLACED, RESERVED, CONFIRMED, SHIPPED, DELIVERED -> {
                if (order.cancellation() == null) {
                    way.station("Shipped", way.first("OrderShipped"), Optional.empty());
                    way.station("Delivered", way.first("OrderDelivered"), Optional.empty());
                }
            }
        }
        return way.toldUntil(over && order.cancellation() == null, waitsFor);
    }

    private Optional<Entry> first(String type) {
        return first(entry -> entry.type().equals(type));
    }

    private Optional<Entry> first(Predicate<Entry> condition) {
        return entries.stream().filter(condition).findFirst();
    }

    private Optional<Entry> allReserved(OrderView order) {
        Set<String> missing =
                order.lines().stream().map(OrderLine::sku).map(Object::toString).collect(Collectors.toSet());
        return first(entry -> entry.type().equals("StockReserved")
                && missing.remove(String.valueOf(entry.payload().get("sku")))
                && missing.isEmpty());
    }

    private void station(String name, Optional<Entry> reached, Optional<Entry> failed) {
        if (reached.isPresent()) {
            add(name, "done", reached.get(), null);
        } else if (failed.isPresent()) {
            add(name, "failed", failed.get(), failed.get().text());
        } else {
            stations.add(new Station(name, "ahead", null, null, null));
        }
    }

    private void undoing(OrderView order) {
        first("OrderCancellationRequested").ifPresent(asked -> {
            stations.removeIf(station -> station.state().equals("ahead"));
            add(
                    "Cancellation asked for",
                    "done",
                    asked,
                    String.valueOf(asked.payload().get("reason")));
            if (order.cancellation() != null && !order.status().name().equals("CANCELLED")) {
                stations.add(new Station("Undone", "ahead", null, null, null));
                stations.add(new Station("Cancelled", "ahead", null, null, null));
            }
        });
    }

    private void end(String name, String type) {
        stations.removeIf(station -> station.state().equals("ahead"));
        first(type).ifPresent(entry -> add(name, "failed", entry, entry.text()));
    }

    private void add(String name, String state, Entry entry, @Nullable String note) {
        Duration took = before == null ? null : Duration.between(before, entry.at());
        stations.add(new Station(name, state, entry.at(), took == null || took.isNegative() ? null : took, note));
        before = entry.at();
    }

    private List<Station> toldUntil(boolean over, @Nullable String waitsFor) {
        int next = 0;
        while (next < stations.size() && !stations.get(next).state().equals("ahead")) {
            next++;
        }
        if (next < stations.size() && !over) {
            Station current = stations.get(next);
            stations.set(next, new Station(current.name(), "current", before, null, waitsFor));
        }
        return List.copyOf(stations);
    }
}
