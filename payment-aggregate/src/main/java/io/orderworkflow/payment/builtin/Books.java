package io.orderworkflow.payment.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** As much of the provider's books as is needed for the moment, open to be read and written. */
final class Books {

    private final Map<String, Line> byKey = new HashMap<>();
    private final Map<UUID, List<Line>> byPayment = new HashMap<>();
    private final List<Line> added = new ArrayList<>();

    Books(List<Line> lines) {
        lines.forEach(this::file);
    }

    private void file(Line line) {
        byKey.put(line.idempotencyKey(), line);
        byPayment
                .computeIfAbsent(line.paymentId(), payment -> new ArrayList<>())
                .add(line);
    }

    @Nullable
    Line find(String idempotencyKey) {
        return byKey.get(idempotencyKey);
    }

    Account account(UUID paymentId) {
        return Account.of(byPayment.getOrDefault(paymentId, List.of()));
    }

    void add(Line line) {
        file(line);
        added.add(line);
    }

    /** What is yet to be written down. */
    List<Line> added() {
        return added;
    }
}
