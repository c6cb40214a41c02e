package io.orderworkflow.platform.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;

/** The content of some event, whichever it is: to ask what would be made of it. */
record StoredContent(SerializedType payloadType, String json) implements DomainEventData<byte[]> {

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(json.getBytes(UTF_8), byte[].class, payloadType);
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>("{}".getBytes(UTF_8), byte[].class);
    }

    @Override
    public String getEventIdentifier() {
        return payloadType.getName();
    }

    @Override
    public Instant getTimestamp() {
        return Instant.EPOCH;
    }

    @Override
    public String getType() {
        return payloadType.getName();
    }

    @Override
    public String getAggregateIdentifier() {
        return payloadType.getName();
    }

    @Override
    public long getSequenceNumber() {
        return 0;
    }
}
