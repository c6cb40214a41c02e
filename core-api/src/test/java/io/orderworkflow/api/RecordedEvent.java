package io.orderworkflow.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/** An event as an earlier version of the program wrote it; whichever store it is appended to keeps just that. */
public final class RecordedEvent extends GenericDomainEventMessage<String> {

    private static final long serialVersionUID = 1L;

    private final String event;
    private final String revision;

    private RecordedEvent(
            String aggregateType,
            String aggregateId,
            String event,
            String revision,
            Message<String> json,
            Instant timestamp) {
        super(aggregateType, aggregateId, 0, json, timestamp);
        this.event = event;
        this.revision = revision;
    }

    /**
     * The event that an order began with at that revision: two pieces of the SKU for 39.80 altogether, by
     * {@code customer-1}.
     */
    public static RecordedEvent orderPlaced(int revision, OrderId orderId, Sku sku) {
        return orderPlaced(orderId, sku, String.valueOf(revision), json("OrderPlaced." + revision));
    }

    /** The same, with addresses and currencies, but called revision 1, as some builds wrote it. */
    public static RecordedEvent orderPlacedCompletelyInFirstRevision(OrderId orderId, Sku sku) {
        return orderPlaced(orderId, sku, "1", json("OrderPlaced.3"));
    }

    private static RecordedEvent orderPlaced(OrderId orderId, Sku sku, String revision, String json) {
        String ofThisOrder = json.replaceFirst("\"orderId\" *: *\"[^\"]*\"", "\"orderId\":\"" + orderId + "\"")
                .replaceFirst("\"sku\" *: *\"[^\"]*\"", "\"sku\":\"" + sku + "\"");
        return new RecordedEvent(
                "Order", orderId.toString(), "OrderPlaced", revision, new GenericMessage<>(ofThisOrder), Instant.now());
    }

    /** The recorded sample of that name, such as {@code OrderPlaced.1}. */
    public static String json(String name) {
        try (InputStream file = RecordedEvent.class.getResourceAsStream("/events/" + name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("there is no sample " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever publishes it adds metadata, such as the trace that it belongs to. */
    @Override
    public GenericDomainEventMessage<String> withMetaData(Map<String, ?> metaData) {
        return new RecordedEvent(
                getType(),
                getAggregateIdentifier(),
                event,
                revision,
                getDelegate().withMetaData(metaData),
                getTimestamp());
    }

    @Override
    public GenericDomainEventMessage<String> andMetaData(Map<String, ?> metaData) {
        return withMetaData(getMetaData().mergedWith(metaData));
    }

    @Override
    @SuppressWarnings("unchecked") // Both stores of ours write bytes.
    public <T> SerializedObject<T> serializePayload(Serializer serializer, Class<T> representation) {
        return (SerializedObject<T>)
                new SimpleSerializedObject<>(getPayload().getBytes(UTF_8), byte[].class, event, revision);
    }
}
