package io.orderworkflow.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.api.eventstore.StoredEvent;
import io.orderworkflow.platform.MigratedDatabase;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.eventlog.EventBlocks.DayCount;
import io.orderworkflow.platform.eventlog.EventLog.Filter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class EventBlocksIT {

    private static final LocalDate DAY = LocalDate.parse("2026-11-21");

    private HikariDataSource dataSource;
    private JdbcClient jdbc;
    private PostgresEventLog log;
    private EventBlocks blocks;

    @BeforeEach
    void createDatabase() {
        dataSource = MigratedDatabase.create();
        jdbc = JdbcClient.create(dataSource);
        log = new PostgresEventLog(jdbc);
        blocks = new EventBlocks(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)), log);
    }

    @AfterEach
    void closeDatabase() {
        dataSource.close();
    }

    @Test
    void countsEveryBlockThatIsFull() {
        append("OrderPlaced", 1, 5_000);

        closeAll();

        assertThat(blocks.closedBefore()).isEqualTo(2 * EventBlocks.SIZE);
        // The first position is 1.
        assertThat(blocks.days(blocks.closedBefore()))
                .containsExactly(new DayCount("OrderPlaced", DAY, 4_095, 4_095 * 4));
        assertThat(log.summary(blocks.closedBefore(), Long.MAX_VALUE, 10_000).counts())
                .singleElement()
                .satisfies(count -> assertThat(count.events()).isEqualTo(905));
    }

    @Test
    void waitsForATransactionThatHoldsAPositionInTheBlock() throws SQLException {
        try (Connection slow = dataSource.getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(INSERT.formatted("'OrderNudged'", "late", 1, 1));
            append("OrderPlaced", 2, 3_000);

            closeAll();
            assertThat(blocks.closedBefore()).isZero();
            slow.commit();
        }
        closeAll();

        assertThat(blocks.closedBefore()).isEqualTo(EventBlocks.SIZE);
        assertThat(blocks.days(blocks.closedBefore())).contains(new DayCount("OrderNudged", DAY, 1, 4));
    }

    @Test
    void passesPositionsThatWereNeverTaken() throws SQLException {
        try (Connection failed = dataSource.getConnection();
                Statement statement = failed.createStatement()) {
            failed.setAutoCommit(false);
            statement.execute(INSERT.formatted("'OrderNudged'", "lost", 1, 10));
            failed.rollback();
        }
        append("OrderPlaced", 11, 3_000);

        closeAll();

        assertThat(blocks.closedBefore()).isEqualTo(EventBlocks.SIZE);
        assertThat(blocks.days(blocks.closedBefore()))
                .containsExactly(new DayCount("OrderPlaced", DAY, 2_037, 2_037 * 4));
    }

    @Test
    void knowsWhichBlocksHaveATypeOrATime() {
        append("OrderPlaced", 1, 2_047);
        append("OrderNudged", 2_048, 10);
        append("OrderPlaced", 2_058, 5_000);
        closeAll();
        Instant inSecondBlock = Instant.parse("2026-11-21T00:34:08.000Z");

        assertThat(blocks.having(new Filter("OrderNudged", null, null), 0, blocks.closedBefore()))
                .containsExactly(new EventBlocks.Block(1, 10, true));
        assertThat(blocks.having(new Filter(null, inSecondBlock, inSecondBlock), 0, blocks.closedBefore()))
                .extracting(EventBlocks.Block::number, EventBlocks.Block::allMatch)
                .containsExactly(Tuple.tuple(1L, false));
        assertThat(log.read(new Filter(null, inSecondBlock, inSecondBlock), 0, Long.MAX_VALUE, 0, 10))
                .extracting(StoredEvent::position)
                .containsExactly(2_048L);
    }

    @Test
    void findsTheEventsOfAnAggregateBehindAPosition() {
        for (int number = 0; number < 40; number++) {
            jdbc.sql(INSERT.formatted("'OrderNudged'", "of-" + number % 2, 1 + number, 1 + number))
                    .update();
            jdbc.sql(
                            "update domain_event_entry set aggregate_identifier = ?, sequence_number = ? where global_index = ?")
                    .params("aggregate-" + number % 2, number / 2, 1 + number)
                    .update();
        }

        assertThat(log.readAggregate("aggregate-1", Filter.ALL, 20L, 2, 3))
                .extracting(StoredEvent::position)
                .containsExactly(26L, 28L, 30L);
        assertThat(log.countAggregate("aggregate-1", Filter.ALL, 20L, 1_000)).isEqualTo(10);
        assertThat(log.countAggregate("aggregate-1", new Filter("OrderNudged", null, null), 20L, 4))
                .isEqualTo(4);
        assertThat(log.readAggregate("aggregate-2", Filter.ALL, 20L, 0, 3)).isEmpty();
    }

    @Test
    void doesNotStartOnEventsThatItCannotRead() {
        append("CartMerged", 1, 1);
        append("OrderPlaced", 2, 3_000);
        jdbc.sql("update domain_event_entry set payload_revision = '4' where global_index = 3000")
                .update();
        closeAll();

        assertThatThrownBy(() -> PlatformNode.on(dataSource.getJdbcUrl()).close())
                .isInstanceOf(UnreadableEventsException.class)
                .hasMessageStartingWith("The event store holds events that this version cannot read:"
                        + " CartMerged revision 1, OrderPlaced revision 4.");
    }

    @Test
    void startsOnEventsOfEveryRevision() {
        append("OrderPlaced", 1, 1);

        try (PlatformNode node = PlatformNode.on(dataSource.getJdbcUrl())) {
            assertThat(node.get(StoredTypesCheck.class).health().getDetails())
                    .containsEntry("storedEvents", "all can be read");
        }
    }

    // Events of a second each, of that day.
    private static final String INSERT = """
            insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, time_stamp,
                payload_type, payload_revision, payload, meta_data)
            select '%2$s-' || position, 0, 'Order', '%2$s-' || position,
                to_char(timestamp '2026-11-21' + position * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                %1$s, '1', '{}', '{}'
            from generate_series(%3$d, %4$d) as position
            """;

    private void append(String type, int first, int count) {
        jdbc.sql(INSERT.formatted("'" + type + "'", type, first, first + count - 1))
                .update();
    }

    private void closeAll() {
        // Once to see who writes, once to see that they have ended.
        for (int round = 0; round < 3; round++) {
            boolean more = true;
            while (more) {
                more = blocks.closeNext();
            }
        }
    }
}
