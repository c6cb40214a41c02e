package io.orderworkflow.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/** Parts of a batch, over a transaction that only notes what becomes of its savepoints. */
class BatchTest {

    private final List<String> log = new ArrayList<>();
    private final Savepoints savepoints = new Savepoints(new Noted());
    private final Rows rows = new Rows();

    @Test
    void writesAndWaitsForAllPartsTogether() {
        handle("a", "b");

        assertThat(log).containsExactly("begin [a, b]", "set", "write [a, b]", "settle a", "settle b");
    }

    @Test
    void writesTheOthersOnceMoreWhereAPartDoesNotSettle() {
        handle("a", "b unsettled", "c");

        assertThat(log)
                .containsExactly(
                        "begin [a, b unsettled, c]",
                        "set",
                        "write [a, b unsettled, c]",
                        "settle a",
                        "settle b unsettled",
                        "settle c",
                        "rewind",
                        "write [a, c]",
                        "abandon [b unsettled]");
    }

    @Test
    void findsOutWhoseRowsCannotBeWritten() {
        handle("a", "b unwritable", "c");

        assertThat(log)
                .containsSubsequence(
                        "write [a, b unwritable, c]",
                        "rewind",
                        "write [a]",
                        "release",
                        "write [b unwritable]",
                        "rewind",
                        "release",
                        "write [c]")
                .endsWith("settle a", "settle c", "abandon [b unwritable]")
                .doesNotContain("settle b unwritable");
    }

    @Test
    void leavesOutAPartWhoseHandlerFailed() {
        handle("a", "b broken");

        assertThat(log).containsExactly("begin [a]", "set", "write [a]", "settle a", "abandon [b broken]");
    }

    @Test
    void failsAsAWholeIfNobodyGotAnAnswerAndThatMayPass() {
        assertThatThrownBy(() -> handle("a away", "b away")).isInstanceOf(PassingFaultException.class);

        assertThat(log).doesNotContain("rewind").noneMatch(line -> line.startsWith("abandon"));
    }

    @Test
    void leavesOutThosePartsWithoutAnAnswerIfOthersGotTheirs() {
        handle("a away", "b");

        assertThat(log).endsWith("write [b]", "abandon [a away]");
    }

    @Test
    void failsAsAWholeIfTheDatabaseIsAway() {
        assertThatThrownBy(() -> handle("a", "b nodatabase")).isInstanceOf(PassingFaultException.class);

        assertThat(log).doesNotContain("rewind").noneMatch(line -> line.startsWith("settle"));
    }

    @Test
    void takesNoMoreWorkWhenItCommits() {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericMessage<>("event"));
        unitOfWork.onPrepareCommit(committing -> assertThatIllegalStateException()
                .isThrownBy(Batch::current)
                .withMessageContaining("takes no more work"));
        unitOfWork.commit();
    }

    private void handle(String... parts) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericMessage<>("events"));
        try {
            for (String part : parts) {
                Batch.current().addPart(savepoints).handle(() -> {
                    rows.current().add(part);
                    if (part.endsWith("broken")) {
                        throw new IllegalStateException(part);
                    }
                    return null;
                });
            }
            unitOfWork.commit();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            if (unitOfWork.isActive()) {
                unitOfWork.rollback();
            }
        }
    }

    private final class Rows extends BatchedWork<List<String>> {

        @Override
        protected List<String> nothing() {
            return new ArrayList<>();
        }

        @Override
        protected void begin(List<List<String>> parts) {
            log.add("begin " + flat(parts));
        }

        @Override
        protected void write(List<List<String>> parts) {
            log.add("write " + flat(parts));
            if (flat(parts).toString().contains("nodatabase")) {
                throw new PassingFaultException("no database", new IllegalStateException());
            }
            if (flat(parts).toString().contains("unwritable")) {
                throw new IllegalArgumentException("does not fit");
            }
        }

        @Override
        protected boolean settle(List<String> part) {
            log.add("settle " + part.get(0));
            if (part.get(0).endsWith("unsettled")) {
                throw new IllegalStateException("refused");
            }
            if (part.get(0).endsWith("away")) {
                throw new PassingFaultException("no answer", new IllegalStateException());
            }
            return true;
        }

        @Override
        protected void abandon(List<List<String>> parts) {
            log.add("abandon " + flat(parts));
        }

        private static List<String> flat(List<List<String>> parts) {
            return parts.stream().flatMap(List::stream).toList();
        }
    }

    /** A transaction without a database. */
    private final class Noted implements PlatformTransactionManager {

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            return new SimpleTransactionStatus() {

                @Override
                public Object createSavepoint() {
                    log.add("set");
                    return "savepoint";
                }

                @Override
                public void rollbackToSavepoint(Object savepoint) {
                    log.add("rewind");
                }

                @Override
                public void releaseSavepoint(Object savepoint) {
                    log.add("release");
                }
            };
        }

        @Override
        public void commit(TransactionStatus status) {}

        @Override
        public void rollback(TransactionStatus status) {}
    }
}
