package io.orderworkflow.query;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.State;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.platform.projection.GenerationLock;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** When generations change places, and when they do not. */
@QuerySideTest
class GenerationSwitchIT {

    private static final String PROCESSOR = OrderProjection.GROUP;

    private final History history;
    private final ProjectionRebuilds rebuilds;
    private final TransactionManager transactions;
    private final QueryGateway queries;
    private final JdbcTemplate jdbc;

    GenerationSwitchIT(
            History history,
            ProjectionRebuilds rebuilds,
            TransactionManager transactions,
            QueryGateway queries,
            JdbcTemplate jdbc) {
        this.history = history;
        this.rebuilds = rebuilds;
        this.transactions = transactions;
        this.queries = queries;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void fillAnotherGeneration() {
        rebuilds.start(PROCESSOR, false, "test");
        eventually().untilAsserted(() -> assertThat(state()).contains(State.READY));
    }

    @AfterEach
    void dropTheOther() {
        rebuilds.end(PROCESSOR);
    }

    @Test
    void waitsForWhoeverReliesOnWhatIsRead() {
        transactions.executeInTransaction(() -> {
            GenerationLock.share(jdbc);
            rebuilds.switchOver(PROCESSOR);
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(state()).contains(State.READY));
        });

        eventually().untilAsserted(() -> assertThat(state()).contains(State.SWITCHED));
    }

    @Test
    void waitsForTheOtherToComeAsFarAsWhatIsRead() {
        SampleOrder order = anOrder().withKey("switched-to").of("SKU-1", 1);
        // Nobody can go on with it, as if its node were away.
        jdbc.update("update token_entry set owner = 'away', timestamp = ? where processor_name = ?", soon(), next());
        history.happens(order.placed());

        rebuilds.switchOver(PROCESSOR);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(state()).contains(State.READY));
        jdbc.update("update token_entry set owner = null where processor_name = ?", next());

        eventually().untilAsserted(() -> assertThat(state()).contains(State.SWITCHED));
        assertThat(find(order)).isPresent();
    }

    private static String next() {
        return PROCESSOR + "-next";
    }

    private static String soon() {
        return Instant.now().plusSeconds(60).toString();
    }

    private Optional<OrderView> find(SampleOrder order) {
        return queries.query(new FindOrder(order.orderId()), ResponseTypes.optionalInstanceOf(OrderView.class))
                .join();
    }

    private Optional<State> state() {
        return rebuilds.find(PROCESSOR).map(RebuildView::state);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
