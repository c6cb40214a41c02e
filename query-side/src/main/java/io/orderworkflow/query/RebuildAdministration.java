package io.orderworkflow.query;

import io.orderworkflow.api.admin.EndRebuild;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.StartRebuild;
import io.orderworkflow.api.admin.SwitchRebuild;
import io.orderworkflow.api.admin.SwitchRebuildBack;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Has read models rebuilt, as operators want it. */
final class RebuildAdministration {

    private final ProjectionRebuilds rebuilds;

    RebuildAdministration(ProjectionRebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @CommandHandler
    void handle(StartRebuild command, CommandMessage<StartRebuild> message) {
        rebuilds.start(
                command.processor(),
                command.automatic(),
                String.valueOf(message.getMetaData().get(Correlation.USER_ID)));
    }

    @CommandHandler
    void handle(SwitchRebuild command) {
        rebuilds.switchOver(command.processor());
    }

    @CommandHandler
    void handle(SwitchRebuildBack command) {
        rebuilds.switchBack(command.processor());
    }

    @CommandHandler
    void handle(EndRebuild command) {
        rebuilds.end(command.processor());
    }

    @QueryHandler
    @Nullable
    RebuildView handle(FindRebuild query) {
        return rebuilds.find(query.processor()).orElse(null);
    }
}
