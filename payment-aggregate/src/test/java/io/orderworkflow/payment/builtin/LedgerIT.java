package io.orderworkflow.payment.builtin;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.builtin.Operation.Action;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerIT {

    private static PaymentDatabase database;

    private final UUID payment = UUID.randomUUID();
    private final Cashier cashier = new Cashier(Behaviour::byToken);

    @BeforeAll
    static void createDatabase() {
        database = new PaymentDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Test
    void keepsNothingOfAGroupThatFailsAndGoesOn() throws Exception {
        try (Ledger ledger = ledger(database)) {
            CompletionStage<Reply> authorized = authorize(ledger);
            CompletionStage<Reply> failed = ledger.enter(null, null, books -> {
                throw new IllegalStateException("out of ink");
            });

            assertThatThrownBy(() -> failed.toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("out of ink");
            assertThatThrownBy(() -> authorized.toCompletableFuture().get()).isInstanceOf(ExecutionException.class);
            assertThat(authorize(ledger).toCompletableFuture().get()).isInstanceOf(Reply.Done.class);
        }
    }

    @Test
    void saysNothingBeforeItIsWrittenDown() throws Exception {
        try (Ledger ledger = ledger(database)) {
            authorize(ledger).toCompletableFuture().get();

            assertThat(database.jdbc()
                            .queryForList(
                                    "select token from built_in_provider_ledger where payment_id = ?",
                                    String.class,
                                    payment))
                    .containsExactly("tok_ok");
        }
    }

    @Test
    void doesNotSayThatItDidWhatItCouldNotWriteDown() {
        PaymentDatabase lost = database.toAnotherProcess();
        try (Ledger ledger = ledger(lost)) {
            lost.close();

            assertThatThrownBy(() -> authorize(ledger).toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void takesMoneyOnceWithTwoProcessesAtTheSameBooks() throws Exception {
        try (Ledger one = ledger(database);
                Ledger other = ledger(database)) {
            authorize(one).toCompletableFuture().get();
            Cashier otherCashier = new Cashier(Behaviour::byToken);
            int done = 0;

            for (int round = 0; round < 20; round++) {
                Operation first = capture("one-" + round);
                Operation second = capture("other-" + round);
                CompletionStage<Reply> byOne =
                        one.enter(first.idempotencyKey(), payment, books -> cashier.carryOut(first, books));
                CompletionStage<Reply> byOther =
                        other.enter(second.idempotencyKey(), payment, books -> otherCashier.carryOut(second, books));
                done += byOne.toCompletableFuture().get() instanceof Reply.Done ? 1 : 0;
                done += byOther.toCompletableFuture().get() instanceof Reply.Done ? 1 : 0;
            }

            assertThat(done).isEqualTo(1);
        }
    }

    private static Ledger ledger(PaymentDatabase itsDatabase) {
        return new Ledger(new LedgerTable(itsDatabase.jdbc()), itsDatabase.transactions(), Duration.ofMillis(20));
    }

    private CompletionStage<Reply> authorize(Ledger ledger) {
        Operation operation =
                new Operation(payment + "-authorization", payment, Action.AUTHORIZATION, eur("19.90"), "tok_ok");
        return ledger.enter(operation.idempotencyKey(), payment, books -> cashier.carryOut(operation, books));
    }

    private Operation capture(String key) {
        return new Operation(payment + key, payment, Action.CAPTURE, eur("19.90"), null);
    }
}
