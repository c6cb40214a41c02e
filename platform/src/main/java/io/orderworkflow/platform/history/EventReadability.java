package io.orderworkflow.platform.history;

import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether events of a type and revision can be read. Axon skips those of a type that it does not know without a
 * word, and reads those of a revision that it does not know as if they were of today's.
 */
public final class EventReadability {

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    /** Creates it for what the serializer reads once the upcasters have been through it. */
    public EventReadability(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /** Whether the upcasters make of it what a class of today is written as; or nothing, where they leave it out. */
    public boolean canRead(String type, @Nullable String revision) {
        StoredContent stored = new StoredContent(new SimpleSerializedType(type, revision), "{}");
        return upcasters
                .upcast(Stream.of(new InitialEventRepresentation(stored, serializer)))
                .allMatch(event -> isOfToday(event.getType()));
    }

    private boolean isOfToday(SerializedType type) {
        Class<?> read = serializer.classForType(type);
        return read != UnknownSerializedType.class
                && Objects.equals(serializer.typeForClass(read).getRevision(), type.getRevision());
    }
}
