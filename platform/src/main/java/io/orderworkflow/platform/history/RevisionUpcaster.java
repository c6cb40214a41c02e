package io.orderworkflow.platform.history;

import io.orderworkflow.api.EventRevision;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings the JSON of one kind of event from one revision to the next. */
final class RevisionUpcaster extends SingleEventUpcaster {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final SerializedType before;
    private final SerializedType after;
    private final Consumer<Map<String, Object>> change;

    RevisionUpcaster(EventRevision revision) {
        this.before = new SimpleSerializedType(revision.event(), revision.before());
        this.after = new SimpleSerializedType(revision.event(), revision.after());
        this.change = revision.change();
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(before);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(after, JsonNode.class, this::changed);
    }

    @SuppressWarnings("unchecked") // A JSON object is read as a map of text to values.
    private JsonNode changed(JsonNode content) {
        Map<String, Object> fields = MAPPER.treeToValue(content, Map.class);
        change.accept(fields);
        return MAPPER.valueToTree(fields);
    }
}
