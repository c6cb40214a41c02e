package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rebuild whose live tables are changed meanwhile, by the migration of a newer program. */
@QuerySideTest
class MigratedRebuildIT {

    private static final String PROCESSOR = OrderProjection.GROUP;

    private final History history;
    private final ProjectionRebuilds rebuilds;
    private final JdbcClient jdbc;

    MigratedRebuildIT(History history, ProjectionRebuilds rebuilds, JdbcClient jdbc) {
        this.history = history;
        this.rebuilds = rebuilds;
        this.jdbc = jdbc;
    }

    @AfterEach
    void takeTheMigrationBack() {
        if (rebuilds.find(PROCESSOR).isPresent()) {
            rebuilds.end(PROCESSOR);
        }
        jdbc.sql("alter table orders.placed_order drop column if exists remark").update();
    }

    @Test
    void beginsAnewWithWhatTheLiveTablesAreNow() {
        SampleOrder order = anOrder().withKey("migrated").of("SKU-1", 1);
        history.happens(order.placed());
        rebuilds.start(PROCESSOR, false, "test");
        eventually().untilAsserted(() -> assertThat(state()).contains(State.READY));
        Instant begun = rebuilds.find(PROCESSOR).orElseThrow().startedAt();

        migrate();

        eventually()
                .untilAsserted(() -> assertThat(rebuilds.find(PROCESSOR)).hasValueSatisfying(anew -> {
                    assertThat(anew.startedAt()).isAfter(begun);
                    assertThat(anew.state()).isEqualTo(State.READY);
                }));
        assertThat(jdbc.sql("select remark is null from orders_next.placed_order where order_id = ?")
                        .param(order.orderId().value())
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        rebuilds.switchOver(PROCESSOR);
        eventually().untilAsserted(() -> assertThat(state()).contains(State.SWITCHED));
    }

    @Test
    void dropsOldTablesThatCannotBeReadAnyMore() {
        rebuilds.start(PROCESSOR, true, "test");
        eventually().untilAsserted(() -> assertThat(state()).contains(State.SWITCHED));

        migrate();

        eventually().untilAsserted(() -> assertThat(state()).isEmpty());
        assertThat(jdbc.sql("select to_regnamespace('orders_next') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        history.happens(anOrder().withKey("behind-migration").of("SKU-1", 1).placed());
    }

    private void migrate() {
        jdbc.sql("alter table orders.placed_order add column remark text").update();
    }

    private Optional<State> state() {
        return rebuilds.find(PROCESSOR).map(RebuildView::state);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
