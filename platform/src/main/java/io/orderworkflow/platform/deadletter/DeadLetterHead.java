package io.orderworkflow.platform.deadletter;

import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.ParkedStepState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first letter of a sequence, which stands for it. Its components are those of {@link DeadLetterView}. */
record DeadLetterHead(
        String identifier,
        String processor,
        String sequence,
        String event,
        String eventId,
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable Long aggregateSequence,
        @Nullable Long position,
        ParkedStepState state,
        Instant since,
        Instant failedAt,
        int attempts,
        String cause,
        String message,
        @Nullable Instant nextTryAt,
        long waiting) {

    DeadLetterView view(List<DeadLetterAction> actions) {
        return new DeadLetterView(
                processor,
                sequence,
                event,
                eventId,
                aggregateType,
                aggregateId,
                aggregateSequence,
                position,
                state,
                since,
                failedAt,
                attempts,
                cause,
                message,
                nextTryAt,
                waiting,
                actions);
    }
}
