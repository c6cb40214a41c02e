package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.rest.OrderStream.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The streams that are told of changes, by what they are about. All of the loop's thread. */
final class OpenStreams {

    /** A client that is gone before its stream is opened is noticed by nobody else. */
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(30);

    private final Set<OrderStream> ofAllOrders = new LinkedHashSet<>();
    private final Map<OrderId, Set<OrderStream>> ofOneOrder = new HashMap<>();
    private final Map<OrderStream, Long> unconnected = new HashMap<>();

    void enter(OrderStream stream) {
        OrderId only = stream.only();
        if (only == null) {
            ofAllOrders.add(stream);
        } else {
            ofOneOrder.computeIfAbsent(only, any -> new LinkedHashSet<>()).add(stream);
        }
        unconnected.put(stream, System.nanoTime() + TIME_TO_CONNECT.toNanos());
    }

    void leave(OrderStream stream) {
        ofAllOrders.remove(stream);
        unconnected.remove(stream);
        OrderId only = stream.only();
        if (only != null) {
            ofOneOrder.computeIfPresent(only, (orderId, streams) -> {
                streams.remove(stream);
                return streams.isEmpty() ? null : streams;
            });
        }
    }

    boolean isEmpty() {
        return ofAllOrders.isEmpty() && ofOneOrder.isEmpty();
    }

    boolean isFollowed(OrderId orderId) {
        return !ofAllOrders.isEmpty() || ofOneOrder.containsKey(orderId);
    }

    Set<OrderStream> ofAllOrders() {
        return Set.copyOf(ofAllOrders);
    }

    /** The orders that are followed one by one. */
    Set<OrderId> singleOrders() {
        return Set.copyOf(ofOneOrder.keySet());
    }

    List<OrderStream> ofOrder(OrderId orderId) {
        return List.copyOf(ofOneOrder.getOrDefault(orderId, Set.of()));
    }

    /** Hands an event to whoever follows its order; returns them. */
    List<OrderStream> offer(Event event) {
        List<OrderStream> followers = Stream.concat(ofAllOrders.stream(), ofOrder(event.orderId()).stream())
                .toList();
        followers.forEach(stream -> stream.offer(event));
        return followers;
    }

    /** Shows every client that its stream is alive, and closes those that nobody came for. */
    void beat() {
        long now = System.nanoTime();
        all().forEach(OrderStream::heartbeat);
        unconnected.keySet().removeIf(OrderStream::isConnected);
        List.copyOf(unconnected.entrySet()).stream()
                .filter(stream -> stream.getValue() - now < 0)
                .forEach(stream -> stream.getKey().close());
    }

    void closeAll() {
        all().forEach(OrderStream::close);
    }

    private List<OrderStream> all() {
        return Stream.concat(ofAllOrders.stream(), ofOneOrder.values().stream().flatMap(Collection::stream))
                .toList();
    }
}
