package io.orderworkflow.payment.provider;

import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the rows of the calls to be made as the statements of {@link ProviderCalls} do in the database. */
final class RowsInMemory extends ProviderCalls {

    private final TreeMap<ProviderCall.Id, Row> rows = new TreeMap<>(
            Comparator.<ProviderCall.Id, UUID>comparing(id -> id.paymentId().value())
                    .thenComparingLong(ProviderCall.Id::sequenceNumber));
    private final Clock clock;
    private String livingWorker = "";

    RowsInMemory(Clock clock) {
        super(new JdbcTemplate());
        this.clock = clock;
    }

    void clear() {
        rows.clear();
    }

    /** Whoever was there before is dead. */
    void isAlive(String worker) {
        livingWorker = worker;
    }

    @Override
    void add(Collection<Requested> calls, @Nullable Lease lease) {
        calls.forEach(requested -> rows.putIfAbsent(
                requested.call().id(),
                new Row(requested.call(), clock.instant(), lease == null ? null : lease.worker())));
    }

    @Override
    void planAfresh() {}

    @Override
    void removeSuperseded() {
        for (Row row : List.copyOf(rows.values())) {
            Row latestVoid = latestVoidOf(row).orElse(row);
            if (row.id().sequenceNumber() < latestVoid.id().sequenceNumber()
                    && row.call.action() != Action.REFUND
                    && isFree(row)) {
                rows.remove(row.id());
                List<ProviderAttempt> attempts = new ArrayList<>(row.call.attempts());
                attempts.addAll(latestVoid.call.attempts());
                ProviderCall call = latestVoid.call;
                rows.put(call.id(), new Row(withAttempts(call, attempts), latestVoid.dueAt, latestVoid.leasedBy));
            }
        }
    }

    private Optional<Row> latestVoidOf(Row row) {
        return ofPayment(row).stream()
                .filter(other -> other.call.action() == Action.VOID)
                .reduce((first, second) -> second);
    }

    private List<Row> ofPayment(Row row) {
        return rows.values().stream()
                .filter(other -> other.id().paymentId().equals(row.id().paymentId()))
                .toList();
    }

    private boolean isFree(Row row) {
        return row.leasedBy == null || !row.leasedBy.equals(livingWorker);
    }

    private boolean isFirstOfItsPayment(Row row) {
        return ofPayment(row).get(0).equals(row);
    }

    @Override
    List<Taken> take(boolean triedBefore, int most, Lease lease) {
        List<Row> taken = rows.values().stream()
                .filter(row -> !row.dueAt.isAfter(clock.instant()))
                .filter(row -> row.call.tries() > 0 == triedBefore)
                .filter(this::isFree)
                .filter(this::isFirstOfItsPayment)
                .sorted(Comparator.comparing(Row::dueAt))
                .limit(most)
                .toList();
        taken.forEach(row -> rows.put(row.id(), new Row(row.call, row.dueAt, lease.worker())));
        return taken.stream()
                .map(row -> new Taken(row.call, row.leasedBy != null))
                .toList();
    }

    @Override
    void postpone(Collection<Postponed> postponed, String worker) {
        for (Postponed one : postponed) {
            rows.computeIfPresent(
                    one.call().id(),
                    (id, row) -> worker.equals(row.leasedBy)
                            ? new Row(one.call(), clock.instant().plus(one.delay()), null)
                            : row);
        }
    }

    @Override
    void delete(Collection<ProviderCall.Id> done) {
        done.forEach(rows::remove);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean hasLeased() {
        return rows.values().stream().anyMatch(row -> !isFree(row));
    }

    /** Whether there is a call that could be taken now. */
    boolean hasDue() {
        return rows.values().stream()
                .anyMatch(row -> !row.dueAt.isAfter(clock.instant()) && isFree(row) && isFirstOfItsPayment(row));
    }

    /** When the next call that nobody makes becomes due. */
    @Nullable
    Instant nextDue() {
        return rows.values().stream()
                .filter(row -> isFree(row) && isFirstOfItsPayment(row) && row.dueAt.isAfter(clock.instant()))
                .map(Row::dueAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static ProviderCall withAttempts(ProviderCall call, List<ProviderAttempt> attempts) {
        return new ProviderCall(
                call.id(),
                call.action(),
                call.orderId(),
                call.amount(),
                call.means(),
                call.refund(),
                call.metaData(),
                List.copyOf(attempts),
                call.answer(),
                call.tries(),
                call.refusals());
    }

    /** All that a call can depend on; not who caused it, for that is an identifier by chance. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.values()
                .forEach(row -> text.append(row.id())
                        .append(row.call.action())
                        .append(row.call.attempts())
                        .append(row.call.answer())
                        .append(row.call.tries())
                        .append(row.call.refusals())
                        .append(row.dueAt)
                        .append(row.leasedBy == null ? "free" : isFree(row) ? "left behind" : "leased"));
        return text.toString();
    }

    private record Row(
            ProviderCall call, Instant dueAt, @Nullable String leasedBy) {

        ProviderCall.Id id() {
            return call.id();
        }
    }
}
