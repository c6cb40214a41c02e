package io.orderworkflow.platform.eventlog;

import io.orderworkflow.platform.eventlog.EventLog.Filter;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.serialization.SimpleSerializedType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What is in each block of {@value #SIZE} positions, written down once nothing can appear in the block any more: so much
 * can be told of the whole history without reading it. What comes after the last block that is closed is read.
 */
public final class EventBlocks {

    /** How many positions a block has. */
    public static final int SIZE = 2_048;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final EventLog log;

    EventBlocks(JdbcClient jdbc, TransactionOperations transactions, EventLog log) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.log = log;
    }

    /** The first position that no closed block has. */
    public long closedBefore() {
        return nextBlock("") * SIZE;
    }

    private long nextBlock(String lock) {
        return jdbc.sql("select next_block from event_block_progress " + lock)
                .query(Long.class)
                .single();
    }

    /** Closes the next block, if nothing can appear in it any more; returns whether it did. */
    public boolean closeNext() {
        if (closedBefore() + SIZE > log.settled()) {
            return false;
        }
        return Boolean.TRUE.equals(transactions.execute(status -> {
            long block = nextBlock("for update");
            if ((block + 1) * SIZE > log.settled()) {
                return false;
            }
            for (Summary.Count count :
                    log.summary(block * SIZE, (block + 1) * SIZE, SIZE).counts()) {
                write(block, count);
            }
            jdbc.sql("update event_block_progress set next_block = :next")
                    .param("next", block + 1)
                    .update();
            return true;
        }));
    }

    private void write(long block, Summary.Count count) {
        jdbc.sql("insert into event_block values (:block, :type, :revision, :day, :events, :bytes, :first, :last)")
                .param("block", block)
                .param("type", count.type())
                .param("revision", count.revision())
                .param("day", count.day())
                .param("events", count.events())
                .param("bytes", count.bytes())
                .param("first", Timestamp.from(count.firstAt()))
                .param("last", Timestamp.from(count.lastAt()))
                .update();
    }

    /** The types and revisions in all closed blocks. */
    public List<SimpleSerializedType> types() {
        return jdbc.sql("select distinct type, revision from event_block")
                .query((row, number) -> type(row.getString("type"), row.getString("revision")))
                .list();
    }

    static SimpleSerializedType type(String name, String revision) {
        return new SimpleSerializedType(name, revision.isEmpty() ? null : revision);
    }

    /** How many events there are of each type and day, in the blocks before a position. */
    public List<DayCount> days(long before) {
        return jdbc.sql("""
                        select type, day, sum(events) as events, sum(bytes) as bytes
                        from event_block
                        where block < :end
                        group by type, day
                        """).param("end", before / SIZE).query(DayCount.class).list();
    }

    /** The blocks from one on and before a position that have such events, in order. */
    public List<Block> having(Filter filter, long firstBlock, long before) {
        return jdbc.sql("""
                        select
                            block as number,
                            sum(events) as events,
                            bool_and(first_at >= :from and last_at <= :to) as all_match
                        from event_block
                        where block >= :first and block < :end
                            and (:type = '' or type = :type) and last_at >= :from and first_at <= :to
                        group by block
                        order by block
                        """)
                .param("first", firstBlock)
                .param("end", before / SIZE)
                .param("type", filter.type() == null ? "" : filter.type())
                .param("from", Timestamp.from(filter.from() == null ? EARLIEST : filter.from()))
                .param("to", Timestamp.from(filter.to() == null ? LATEST : filter.to()))
                .query(Block.class)
                .list();
    }

    /**
     * A block with events that are looked for.
     *
     * @param number the block
     * @param events how many events of the type it has, at most so many that are looked for
     * @param allMatch whether these are all looked for
     */
    public record Block(long number, long events, boolean allMatch) {

        /** Its first position. */
        public long from() {
            return number * SIZE;
        }

        /** The position behind its last. */
        public long before() {
            return from() + SIZE;
        }
    }

    /**
     * Events of one type on one day.
     *
     * @param type as stored
     * @param day in UTC
     * @param events how many
     * @param bytes of their contents and metadata
     */
    public record DayCount(String type, LocalDate day, long events, long bytes) {}
}
