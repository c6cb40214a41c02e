package io.orderworkflow.platform.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.RebuildView.Difference;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

class DifferencesIT {

    private static final Generation LIVE = new Generation("tally", "tally", Generation.Role.LIVE);
    private static final Generation NEXT = new Generation("tally", "tally_next", Generation.Role.NEXT);

    private static PlatformNode node;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void makeTwoGenerations() {
        node = PlatformNode.on(ThrowawayPostgres.newDatabase());
        jdbc = node.get(JdbcTemplate.class);
        jdbc.execute("create schema tally");
        jdbc.execute("create table tally.counted (kind text primary key, number bigint not null)");
        jdbc.execute("select clone_schema('tally', 'tally_next')");
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void empty() {
        jdbc.execute("truncate tally.counted, tally_next.counted");
    }

    private static Difference difference(BooleanSupplier passed) {
        List<Difference> differences = new Differences(
                        jdbc, node.get(PlatformTransactionManager.class), Duration.ofMinutes(1))
                .of(LIVE, NEXT, passed);
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }

    @Test
    void tellsOfRowsThatDifferOrAreMissing() {
        jdbc.update("insert into tally.counted values ('same', 1), ('other', 2), ('old', 3)");
        jdbc.update("insert into tally_next.counted values ('same', 1), ('other', 5), ('new', 4)");

        Difference difference = difference(() -> true);

        assertThat(difference.table()).isEqualTo("counted");
        assertThat(difference.differing()).isEqualTo(1);
        assertThat(difference.onlyInOld()).isEqualTo(1);
        assertThat(difference.onlyInNew()).isEqualTo(1);
        assertThat(difference.moving()).isZero();
        assertThat(difference.sample()).containsExactlyInAnyOrder("other", "old", "new");
    }

    @Test
    void tellsNothingOfWhatIsMadeUpFor() {
        jdbc.update("insert into tally.counted values ('late', 1)");

        Difference difference = difference(() -> {
            jdbc.update("insert into tally_next.counted values ('late', 1) on conflict do nothing");
            return true;
        });

        assertThat(difference).isEqualTo(new Difference("counted", 0, 0, 0, 0, List.of()));
    }

    /** A count that goes up and down is the same again and again, at another moment in either generation. */
    @Test
    void doesNotTakeAChangingCountForAWrongOne() {
        jdbc.update("insert into tally.counted values ('busy', 1)");
        jdbc.update("insert into tally_next.counted values ('busy', 2)");

        Difference difference = difference(() -> {
            jdbc.update("update tally.counted set number = number");
            jdbc.update("update tally_next.counted set number = number");
            return true;
        });

        assertThat(difference.differing()).isZero();
        assertThat(difference.moving()).isEqualTo(1);
    }
}
