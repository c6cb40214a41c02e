package io.orderworkflow.simulator;

import io.orderworkflow.api.Amounts;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.payment.provider.AuthorizationRequest;
import io.orderworkflow.payment.provider.CaptureRequest;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.payment.provider.PaymentWorker;
import io.orderworkflow.payment.provider.ProviderAnswer;
import io.orderworkflow.payment.provider.ProviderUnavailableException;
import io.orderworkflow.payment.provider.RefundRequest;
import io.orderworkflow.payment.provider.UndoRequest;
import io.orderworkflow.platform.messaging.AskedAt;
import io.orderworkflow.simulator.Parcel.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;

/**
 * One run: a scenario, led through the program move by move. What is on its way, commands, requests to the bank, events
 * not handled, rows not looked at, is a move that can be made next; the scheduler chooses. When there is none, time
 * passes up to the next moment at which there may be one.
 */
final class Simulation {

    private static final int MOST_MOVES = 20_000;

    private static final Duration TIME_TO_RECOVER = Duration.ofMinutes(70);
    private static final Duration TIME_TO_SETTLE = Duration.ofHours(20);
    private static final Duration OUTAGE = Duration.ofMinutes(20);
    /** Whoever asks for a reservation waits for the answer for seconds. */
    private static final Duration TOO_LATE = Duration.ofMinutes(5);

    private final Program program;
    private final Scheduler scheduler;
    private final Scenario scenario;
    private final Bank bank = new Bank();
    private final PaymentWorker payments;
    private final Promises promises;
    private final List<SagaProcessor> processors = new ArrayList<>();
    private final List<Parcel> parcels = new ArrayList<>();
    private final List<Parcel> awaited = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<String> sinceJournal = new ArrayList<>();
    private final @Nullable List<String> story;
    private @Nullable SagaProcessor beginning;
    private @Nullable InjectedFault diesSending;
    private int intakePosition;
    private Instant lastFaultAt = Instant.MIN;
    private int faultsLeft;
    private int nudgesLeft = 10;
    private int exchangesMade;
    private int moves;
    private int faultsMade;

    Simulation(
            Program program,
            Scheduler scheduler,
            Scenario scenario,
            int segments,
            int faults,
            @Nullable List<String> story) {
        this.program = program;
        this.scheduler = scheduler;
        this.scenario = scenario;
        this.faultsLeft = faults;
        this.story = story;
        this.promises = new Promises(program.log, bank, scenario);
        program.begin();
        program.sagaPost.deliverBy(this::sendFromSaga);
        Post paymentPost = new Post();
        paymentPost.deliverBy(command -> send(command, Sender.PAYMENT_WORKER).answer);
        payments = new PaymentWorker(
                program.clock, program.parts.decorated(new Line()), paymentPost, () -> scheduler.any(1_000) / 1_000.0);
        Segment[] parts = segments == 1 ? new Segment[] {Segment.ROOT_SEGMENT} : Segment.ROOT_SEGMENT.split();
        Stream.of(parts).forEach(part -> processors.add(new SagaProcessor(program.sagas, part, program.log)));
    }

    /** Runs until there is nothing to do any more, and returns whether it came so far. */
    boolean run() {
        prepare();
        Instant settledBy = VirtualClock.START.plus(TIME_TO_SETTLE);
        while (true) {
            List<Move> possible = regularMoves();
            if (possible.isEmpty() || scheduler.considersTime()) {
                if (passTime()) {
                    continue;
                }
                if (possible.isEmpty()) {
                    if (canBeHelpedByAPerson()) {
                        continue;
                    }
                    break;
                }
            }
            boolean considersFaults = faultsLeft > 0 && scheduler.considersFaults();
            if (considersFaults) {
                addFaults(possible);
            }
            Move move = scheduler.next(possible, this::state);
            if (move == null) {
                return false;
            }
            make(move);
            if (moves > MOST_MOVES || now().isAfter(settledBy)) {
                throw new BrokenPromise("settled: there is no end of it: " + openEnds());
            }
        }
        checkTheEnd();
        return true;
    }

    int moves() {
        return moves;
    }

    List<OrderStatus> statuses() {
        return promises.statuses();
    }

    int faults() {
        return faultsMade;
    }

    private void prepare() {
        scenario.stock().forEach((sku, quantity) -> {
            atOnce(new RegisterProduct(sku, "Product " + sku, Amounts.eur("9.90"), null));
            atOnce(new ReceiveStock(sku, quantity, null));
        });
        for (Scenario.Wish wish : scenario.wishes()) {
            parcels.add(new Parcel(
                    GenericCommandMessage.asCommandMessage(wish.command()),
                    Sender.PERSON,
                    now(),
                    now().plus(wish.after())));
        }
    }

    private void atOnce(Object command) {
        try {
            program.aggregates.handle(GenericCommandMessage.asCommandMessage(command));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant now() {
        return program.clock.instant();
    }

    private void make(Move move) {
        moves++;
        if (story != null) {
            story.add("%s  %s%s"
                    .formatted(
                            Duration.between(VirtualClock.START, now()),
                            move.isFault() ? "FAULT: " : "",
                            named(move.what().get())));
        }
        if (move.isFault()) {
            faultsLeft--;
            faultsMade++;
        }
        move.happen().run();
        if (move.isFault()) {
            lastFaultAt = now();
        }
        promises.check();
    }

    private void tell(String what) {
        if (story != null) {
            story.add("        " + named(what));
        }
    }

    /** Identifiers say nothing to a reader. */
    private String named(String text) {
        String named = text;
        int number = 0;
        for (SampleOrder order : scenario.orders()) {
            number++;
            named = named.replace(order.orderId().toString(), "order-" + number)
                    .replace(PaymentId.forOrder(order.orderId()).toString(), "payment-" + number);
        }
        return named;
    }

    // What can happen.

    private List<Move> regularMoves() {
        List<Move> possible = new ArrayList<>();
        if (!sinceJournal.isEmpty()) {
            possible.add(Move.of(() -> "the journal is written", this::writeJournal));
            if (scheduler.hastensJournal()) {
                return possible;
            }
        }
        for (Parcel parcel : parcels) {
            if (!parcel.from.isAfter(now())) {
                possible.add(Move.of(() -> "handled: " + parcel, () -> handle(parcel, true)));
            }
        }
        for (SagaProcessor processor : processors) {
            if (processor.canCommit()) {
                possible.add(Move.of(() -> "a batch of the saga ends", () -> processor.commit(now())));
            } else if (processor.canBegin(now())) {
                possible.add(Move.of(() -> "the saga begins a batch", () -> begin(processor, 1 + scheduler.any(3))));
            }
        }
        if (intakeHasWork()) {
            possible.add(Move.of(() -> "the intake handles events", () -> takeIn(1 + scheduler.any(3), true)));
        }
        for (Exchange exchange : exchanges) {
            if (!exchange.from.isAfter(now())) {
                possible.add(Move.of(() -> "the bank answers: " + exchange, () -> carryOut(exchange, true)));
            }
        }
        if (payments.hasDue()) {
            possible.add(Move.of(() -> "the poller looks for calls", payments::poll));
        }
        for (DurableSchedule.Entry due : program.schedule.due()) {
            possible.add(Move.of(() -> "due: " + due.command().getPayload(), () -> sendScheduled(due)));
        }
        return possible;
    }

    private void addFaults(List<Move> possible) {
        if (!sinceJournal.isEmpty() && scheduler.hastensJournal()) {
            for (boolean lost : new boolean[] {true, false}) {
                possible.add(Move.fault(
                        () -> "the payment worker dies before the journal is written", () -> crashPayments(lost)));
            }
            return;
        }
        for (Parcel parcel : List.copyOf(parcels)) {
            if (!parcel.from.isAfter(now())) {
                addFaults(parcel, possible);
            }
        }
        if (intakeHasWork()) {
            possible.add(Move.fault(() -> "the intake commits, and dies before it hands over", () -> {
                takeIn(1 + scheduler.any(3), false);
                crashPayments(true);
            }));
        }
        for (Exchange exchange : List.copyOf(exchanges)) {
            if (!exchange.from.isAfter(now())) {
                addFaults(exchange, possible);
            }
        }
        for (boolean lost : new boolean[] {true, false}) {
            String commands = lost ? ", with all that was on its way" : "";
            if (processors.stream().anyMatch(SagaProcessor::isRunning)) {
                possible.add(Move.fault(() -> "the sagas' node dies" + commands, () -> crashSagas(lost)));
            }
            if (payments.isBusy()) {
                possible.add(Move.fault(() -> "the payment worker dies" + commands, () -> crashPayments(lost)));
            }
            if (!parcels.isEmpty()) {
                possible.add(Move.fault(() -> "everything dies" + commands, () -> crash(lost)));
            }
        }
        if (scheduler.outages()) {
            for (boolean lost : new boolean[] {true, false}) {
                String commands = lost ? ", with all that was on its way" : "";
                possible.add(Move.fault(() -> "everything is away for " + OUTAGE + commands, () -> goAway(lost)));
            }
        }
        if (nextMoment() != null) {
            possible.add(Move.fault(() -> "nothing happens for a while", this::passTime));
        }
    }

    private void addFaults(Parcel parcel, List<Move> possible) {
        possible.add(Move.fault(() -> "handled twice: " + parcel, () -> {
            parcels.add(repeatOf(parcel));
            handle(parcel, true);
        }));
        for (Duration delay : scheduler.delays()) {
            possible.add(
                    Move.fault(() -> "delayed by " + delay + ": " + parcel, () -> parcel.from = now().plus(delay)));
        }
        if (parcel.sender != Sender.PERSON && parcel.sender != Sender.NOBODY) {
            possible.add(Move.fault(() -> "lost: " + parcel, () -> parcels.remove(parcel)));
            possible.add(Move.fault(() -> "answer lost: " + parcel, () -> handle(parcel, false)));
            possible.add(Move.fault(() -> "append fails: " + parcel, () -> {
                program.log.refuse(true);
                handle(parcel, true);
                program.log.refuse(false);
            }));
        }
    }

    private Parcel repeatOf(Parcel parcel) {
        List<Duration> delays = scheduler.delays();
        Duration delay = scheduler.any(2) == 0 ? Duration.ZERO : delays.get(scheduler.any(delays.size()));
        return new Parcel(parcel.command, Sender.NOBODY, now(), now().plus(delay));
    }

    private void addFaults(Exchange exchange, List<Move> possible) {
        if (!exchange.isAwaited()) {
            return;
        }
        possible.add(Move.fault(() -> "lost: " + exchange, () -> exchange.from = Instant.MAX));
        possible.add(Move.fault(() -> "answer lost: " + exchange, () -> {
            carryOut(exchange, false);
            exchange.from = Instant.MAX;
            exchanges.add(exchange);
        }));
        possible.add(Move.fault(() -> "away: " + exchange, () -> {
            exchanges.remove(exchange);
            sinceJournal.add("away");
            exchange.fail(new ProviderUnavailableException("away"));
        }));
        for (Duration delay : scheduler.delays()) {
            possible.add(
                    Move.fault(() -> "delayed by " + delay + ": " + exchange, () -> exchange.from = now().plus(delay)));
        }
    }

    // Commands.

    private Parcel send(CommandMessage<?> command, Sender sender) {
        Parcel parcel = new Parcel(command, sender, now(), now());
        parcels.add(parcel);
        awaited.add(parcel);
        return parcel;
    }

    private CompletableFuture<Object> sendFromSaga(CommandMessage<?> command) {
        if (diesSending == null && faultsLeft > 0 && scheduler.does(0.01)) {
            faultsLeft--;
            faultsMade++;
            diesSending = new InjectedFault("dies before it sends " + command.getPayload());
        }
        if (diesSending != null) {
            // Whoever sends goes on with the other commands: of a dead one, none arrives.
            throw diesSending;
        }
        if (program.parts.forgets(command.getPayload())) {
            return CompletableFuture.completedFuture(null);
        }
        Parcel parcel = send(program.parts.asSent(command), Sender.SAGA);
        if (beginning != null) {
            beginning.sent(parcel);
        }
        // The batch cannot wait in this thread: the processor waits for the real answer before it commits.
        return CompletableFuture.completedFuture(null);
    }

    private void sendScheduled(DurableSchedule.Entry due) {
        DurableSchedule.Entry claimed = program.schedule.claim(due);
        var unused = send(claimed.command(), Sender.SCHEDULE).answer.whenComplete((result, failure) -> {
            if (failure == null) {
                program.schedule.done(claimed);
            }
        });
    }

    private void handle(Parcel parcel, boolean answerArrives) {
        parcels.remove(parcel);
        @Nullable Exception failure = null;
        try {
            program.aggregates.handle(parcel.command);
        } catch (Exception e) {
            failure = e;
        }
        if (failure != null) {
            tell("refused: " + failure);
            requireNoRefusal(parcel, failure);
        }
        if (!answerArrives) {
            return;
        }
        if (parcel.sender == Sender.PAYMENT_WORKER) {
            sinceJournal.add(parcel + " " + failure);
        }
        if (failure == null) {
            parcel.answer.complete(true);
        } else {
            parcel.answer.completeExceptionally(failure);
        }
    }

    /** People may be refused. Processes are told by events, unless they have long gone on. */
    private void requireNoRefusal(Parcel parcel, Exception failure) {
        if (parcel.sender != Sender.PERSON
                && parcel.sender != Sender.NOBODY
                && !InjectedFault.isBehind(failure)
                && !isTooLate(parcel)) {
            throw new BrokenPromise("isolated: a process was refused " + parcel, failure);
        }
    }

    private boolean isTooLate(Parcel parcel) {
        return parcel.command.getPayload() instanceof ReserveStock
                && !parcel.isAwaited()
                && AskedAt.in(parcel.command.getMetaData())
                        .filter(asked -> asked.plus(TOO_LATE).isBefore(now()))
                        .isPresent();
    }

    // Events.

    private void begin(SagaProcessor processor, int most) {
        beginning = processor;
        diesSending = null;
        try {
            processor.begin(most, now());
        } catch (InjectedFault e) {
            tell("FAULT: " + e.getMessage());
            crashSagas(scheduler.does(0.5));
        } finally {
            diesSending = null;
            beginning = null;
        }
    }

    private boolean intakeHasWork() {
        while (intakePosition < program.log.size() && !PaymentWorker.canHandle(program.log.at(intakePosition))) {
            intakePosition++;
        }
        return intakePosition < program.log.size();
    }

    private void takeIn(int most, boolean handsOver) {
        List<EventMessage<?>> events = new ArrayList<>();
        int next = intakePosition;
        while (next < program.log.size() && events.size() < most) {
            EventMessage<?> event = program.log.at(next++);
            if (PaymentWorker.canHandle(event)) {
                events.add(event);
            }
        }
        BatchOfEvents batch = new BatchOfEvents(events.get(0));
        batch.start();
        for (EventMessage<?> event : events) {
            batch.turnTo(event);
            try {
                payments.handle(event);
            } catch (Exception e) {
                throw new BrokenPromise("isolated: the intake fails over " + event.getPayload(), e);
            }
        }
        int end = next;
        batch.prepare();
        batch.commit(() -> intakePosition = end);
        if (handsOver) {
            batch.follow();
        }
    }

    // The bank.

    private void carryOut(Exchange exchange, boolean answerArrives) {
        exchanges.remove(exchange);
        if (exchange.isAwaited()) {
            sinceJournal.add(exchange.request + answerArrives);
        }
        exchange.carryOut(answerArrives);
    }

    private void writeJournal() {
        sinceJournal.clear();
        payments.writeJournal();
    }

    // Time.

    private @Nullable Instant nextMoment() {
        @Nullable Instant next = null;
        for (Parcel parcel : parcels) {
            next = earlier(next, parcel.from);
        }
        for (Parcel parcel : awaited) {
            next = parcel.isAwaited() ? earlier(next, parcel.answerBy) : next;
        }
        for (Exchange exchange : exchanges) {
            next = earlier(next, exchange.from);
            next = exchange.isAwaited() ? earlier(next, exchange.giveUpAt) : next;
        }
        for (SagaProcessor processor : processors) {
            next = earlier(next, processor.retryAt(now()));
        }
        next = earlier(next, program.schedule.nextDue());
        return earlier(next, payments.nextDue());
    }

    private @Nullable Instant earlier(@Nullable Instant next, @Nullable Instant other) {
        if (other == null || !other.isAfter(now()) || other.equals(Instant.MAX)) {
            return next;
        }
        return next == null || other.isBefore(next) ? other : next;
    }

    /** Until the next moment at which something is due; returns whether there is one. */
    private boolean passTime() {
        Instant next = nextMoment();
        if (next == null) {
            return false;
        }
        passTimeUntil(next);
        return true;
    }

    private void passTimeUntil(Instant next) {
        boolean begins = now().isBefore(Bank.SPEAKS_FROM) && !next.isBefore(Bank.SPEAKS_FROM);
        if (begins && lastFaultAt.plus(TIME_TO_RECOVER).isBefore(Bank.SPEAKS_FROM)) {
            promises.checkWhileTheBankIsSilent();
        }
        program.clock.set(next);
        if (story != null) {
            story.add(Duration.between(VirtualClock.START, next) + "  ---");
        }
        for (Iterator<Parcel> each = awaited.iterator(); each.hasNext(); ) {
            Parcel parcel = each.next();
            if (!parcel.isAwaited()) {
                each.remove();
            } else if (!parcel.answerBy.isAfter(next)) {
                each.remove();
                tell("no answer in time: " + parcel);
                if (parcel.sender == Sender.PAYMENT_WORKER) {
                    sinceJournal.add("no answer: " + parcel);
                }
                parcel.answer.completeExceptionally(new TimeoutException("no answer"));
            }
        }
        for (Exchange exchange : List.copyOf(exchanges)) {
            if (exchange.isAwaited() && !exchange.giveUpAt.isAfter(next)) {
                tell("no answer in time: " + exchange);
                sinceJournal.add("no answer: " + exchange);
                exchange.fail(new TimeoutException("no answer"));
            }
            if (exchange.from.equals(Instant.MAX) && !exchange.isAwaited()) {
                exchanges.remove(exchange);
            }
        }
    }

    // Crashes.

    private void crashSagas(boolean lost) {
        processors.forEach(processor -> processor.crash(now()));
        if (lost) {
            parcels.removeIf(parcel -> parcel.sender == Sender.SAGA);
        }
    }

    private void crashPayments(boolean lost) {
        payments.crash();
        sinceJournal.clear();
        for (Exchange exchange : List.copyOf(exchanges)) {
            exchange.fail(new InjectedFault("crash"));
            if (lost || exchange.isLookUp || exchange.from.equals(Instant.MAX)) {
                exchanges.remove(exchange);
            }
        }
        for (Parcel parcel : awaited) {
            if (parcel.sender == Sender.PAYMENT_WORKER) {
                parcel.answer.completeExceptionally(new InjectedFault("crash"));
            }
        }
        if (lost) {
            parcels.removeIf(parcel -> parcel.sender == Sender.PAYMENT_WORKER);
        }
    }

    private void crash(boolean lost) {
        crashSagas(lost);
        crashPayments(lost);
        program.aggregates.forget();
        for (Parcel parcel : awaited) {
            parcel.answer.completeExceptionally(new InjectedFault("crash"));
        }
        if (lost) {
            parcels.removeIf(parcel -> parcel.sender == Sender.SCHEDULE);
        }
    }

    /** For so long that much was forgotten. */
    private void goAway(boolean lost) {
        crash(lost);
        lastFaultAt = now().plus(OUTAGE);
        passTimeUntil(now().plus(OUTAGE));
    }

    // People.

    /** What a provider refuses for too long is left to a person, who asks for it again. */
    private boolean canBeHelpedByAPerson() {
        if (nudgesLeft == 0 || program.states.stream().allMatch(SagaStates::isEmpty)) {
            return false;
        }
        nudgesLeft--;
        tell("a person nudges what waits");
        for (SampleOrder order : scenario.orders()) {
            ask(new NudgeOrder(order.orderId()));
        }
        scenario.refunds().forEach(refund -> ask(new NudgeRefund(refund.orderId(), refund.refundId())));
        return true;
    }

    private void ask(Object command) {
        parcels.add(new Parcel(GenericCommandMessage.asCommandMessage(command), Sender.PERSON, now(), now()));
    }

    // The end.

    private void checkTheEnd() {
        promises.check();
        promises.checkTheEnd();
        if (!openEnds().isEmpty()) {
            throw new BrokenPromise("settled: nothing happens any more, but there is left: " + named(openEnds()));
        }
    }

    private String openEnds() {
        StringBuilder open = new StringBuilder();
        program.states.stream().filter(state -> !state.isEmpty()).forEach(open::append);
        if (!program.schedule.isEmpty()) {
            open.append(program.schedule);
        }
        if (!payments.isIdle()) {
            open.append(payments.rows());
        }
        return open.toString();
    }

    /** Everything that what happens next depends on. */
    private String state() {
        StringBuilder state = new StringBuilder(4_096);
        state.append(now())
                .append(faultsLeft)
                .append(nudgesLeft)
                .append(intakePosition)
                .append(processors)
                .append(program.schedule);
        program.log.all().forEach(event -> state.append(event.getTimestamp()).append(event.getPayload()));
        program.states.forEach(state::append);
        state.append(payments.rows()).append(sinceJournal).append(exchangesMade).append(bank);
        parcels.stream()
                .map(parcel -> parcel + "/" + parcel.from + parcel.answerBy + parcel.answer.isDone())
                .sorted()
                .forEach(state::append);
        exchanges.stream()
                .map(exchange -> exchange + "/" + exchange.from + exchange.giveUpAt)
                .sorted()
                .forEach(state::append);
        return state.toString();
    }

    /** The line to the bank. */
    private final class Line implements PaymentProvider {

        @Override
        public CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request) {
            return exchange(request, false, () -> bank.authorize(request));
        }

        @Override
        public CompletionStage<ProviderAnswer> capture(CaptureRequest request) {
            return exchange(request, false, () -> bank.capture(request));
        }

        @Override
        public CompletionStage<ProviderAnswer> refund(RefundRequest request) {
            return exchange(request, false, () -> bank.refund(request));
        }

        @Override
        public CompletionStage<ProviderAnswer> undo(UndoRequest request) {
            return exchange(request, false, () -> bank.undo(request));
        }

        @Override
        public CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey) {
            return exchange("look-up of " + idempotencyKey, true, () -> bank.lookUp(idempotencyKey));
        }

        private <T> CompletionStage<T> exchange(Object request, boolean isLookUp, Supplier<T> operation) {
            exchangesMade++;
            CompletableFuture<T> answer = new CompletableFuture<>();
            Exchange exchange = new Exchange(request.toString(), isLookUp, now(), operation, answer);
            if (now().isBefore(Bank.SPEAKS_FROM) && isSilent(exchange)) {
                exchange.from = Instant.MAX;
            }
            exchanges.add(exchange);
            return answer;
        }

        private boolean isSilent(Exchange exchange) {
            return scenario.silent().stream()
                    .anyMatch(order -> exchange.request.contains(
                            PaymentId.forOrder(order.orderId()).toString()));
        }
    }
}
