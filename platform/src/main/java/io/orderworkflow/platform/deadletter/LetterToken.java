package io.orderworkflow.platform.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Where the event of a letter is in the stream of events. */
final class LetterToken {

    private LetterToken() {}

    static @Nullable TrackingToken read(ResultSet letter, Serializer serializer) throws SQLException {
        byte[] token = letter.getBytes("token");
        String type = letter.getString("token_type");
        return token == null || type == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
    }
}
