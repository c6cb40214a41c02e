package io.orderworkflow.platform.history;

import java.util.function.Consumer;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings the JSON of one kind of event from one revision to the next. */
final class RevisionUpcaster extends SingleEventUpcaster {

    private final SerializedType before;
    private final SerializedType after;
    private final Consumer<ObjectNode> change;

    /**
     * Creates the upcaster.
     *
     * @param event the event's logical name
     * @param change makes of the older content the newer one. It leaves alone what has the newer shape already
     */
    RevisionUpcaster(String event, String before, String after, Consumer<ObjectNode> change) {
        this.before = new SimpleSerializedType(event, before);
        this.after = new SimpleSerializedType(event, after);
        this.change = change;
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(before);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(after, JsonNode.class, content -> {
            change.accept((ObjectNode) content);
            return content;
        });
    }
}
