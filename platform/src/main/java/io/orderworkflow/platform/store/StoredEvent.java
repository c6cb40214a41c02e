package io.orderworkflow.platform.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** An event as it is in its row. */
final class StoredEvent implements DomainEventData<byte[]> {

    private final String identifier;
    private final String aggregate;
    private final long sequenceNumber;
    private final @Nullable String type;
    private final String time;
    private final String payloadType;
    private final @Nullable String revision;
    private final byte[] payload;
    private final byte[] metaData;

    /** Takes the row that a result is at. */
    StoredEvent(ResultSet row) throws SQLException {
        identifier = row.getString("event_identifier");
        aggregate = row.getString("aggregate_identifier");
        sequenceNumber = row.getLong("sequence_number");
        type = row.getString("type");
        time = row.getString("time_stamp");
        payloadType = row.getString("payload_type");
        revision = row.getString("payload_revision");
        payload = row.getBytes("payload");
        metaData = row.getBytes("meta_data");
    }

    @Override
    public String getEventIdentifier() {
        return identifier;
    }

    /** Nothing where it is of no aggregate: then it is stored under its own identifier. */
    @Override
    @SuppressWarnings("NullAway") // The signature is Axon's.
    public String getAggregateIdentifier() {
        return identifier.equals(aggregate) ? null : aggregate;
    }

    @Override
    public long getSequenceNumber() {
        return sequenceNumber;
    }

    @Override
    @SuppressWarnings("NullAway") // The signature is Axon's.
    public String getType() {
        return type;
    }

    @Override
    public Instant getTimestamp() {
        return EventTime.parse(time);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(payload, byte[].class, payloadType, revision);
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(metaData, byte[].class);
    }
}
