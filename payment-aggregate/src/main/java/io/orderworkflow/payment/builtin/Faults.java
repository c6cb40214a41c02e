package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.builtin.FaultEffect.Kind;
import io.orderworkflow.payment.builtin.Operation.Action;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides by rules how the provider conducts itself: those of the scenarios that are switched on, the latest first, and
 * then those of the tokens that it always knows. The first that says what is done holds, and the first that says what
 * becomes of the answer.
 */
final class Faults implements Behaviour {

    private final List<Active> tokens;
    private final Map<String, FaultScenario> scenarios;
    private final Clock clock;
    private volatile List<Active> active = List.of();

    Faults(FaultScenario tokens, Map<String, FaultScenario> scenarios, Clock clock) {
        this.tokens = active(tokens, Instant.EPOCH).toList();
        this.scenarios = Collections.unmodifiableMap(new TreeMap<>(scenarios));
        this.clock = clock;
    }

    /** Knows the tokens, and no faults. */
    static Faults none() {
        return new Faults(FaultFiles.tokens(), Map.of(), Clock.systemUTC());
    }

    /** All scenarios there are, by name. */
    Map<String, FaultScenario> scenarios() {
        return scenarios;
    }

    /** These scenarios are on from now on, each since then; those that are not known here are none. */
    void switchedOn(Map<String, Instant> since) {
        active = since.entrySet().stream()
                .filter(one -> scenarios.containsKey(one.getKey()))
                .sorted(Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .flatMap(one -> active(scenarios.get(one.getKey()), one.getValue()))
                .toList();
    }

    private static Stream<Active> active(@Nullable FaultScenario scenario, Instant since) {
        return scenario == null ? Stream.of() : scenario.rules().stream().map(rule -> new Active(rule, since));
    }

    @Override
    public Conduct towards(Operation operation, Account account, CallCounter calls) {
        String token = operation.token() != null ? operation.token() : account.token();
        Instant now = clock.instant();
        List<Active> inForce = Stream.concat(active.stream().filter(one -> !one.hasEnded(now)), tokens.stream())
                .filter(one -> one.rule().selects(operation, token))
                .toList();
        Conduct answer = first(inForce, true, operation, account, calls);
        Conduct decision = first(inForce, false, operation, account, calls);
        if (decision == null) {
            boolean unknown = operation.action() == Action.AUTHORIZATION && token != null && !isKnown(token);
            decision = unknown ? Conduct.refuse(Refusal.UNKNOWN_TOKEN) : Conduct.NORMAL;
        }
        return answer == null ? decision : decision.answeredAs(answer);
    }

    private static @Nullable Conduct first(
            List<Active> inForce, boolean answers, Operation operation, Account account, CallCounter calls) {
        for (Active one : inForce) {
            FaultEffect effect = one.rule().effect();
            Conduct conduct =
                    effect.kind().concernsAnswer() == answers ? effect.conduct(operation, account, calls, one) : null;
            if (conduct != null) {
                return conduct;
            }
        }
        return null;
    }

    private boolean isKnown(String token) {
        return Stream.concat(tokens.stream(), active.stream())
                .anyMatch(one -> one.rule().tokens().contains(token));
    }

    /** Whether a rule asks for the products of an order, which the provider does not know of itself. */
    boolean askForSkus() {
        return active.stream().anyMatch(one -> !one.rule().skus().isEmpty());
    }

    /** Whether nobody can connect to the provider at present. */
    boolean outOfReach() {
        Instant now = clock.instant();
        return active.stream()
                .anyMatch(one -> one.rule().effect().kind() == Kind.OUT_OF_REACH
                        && one.rule().selectsEverything()
                        && !one.hasEnded(now));
    }

    /**
     * A rule that is on.
     *
     * @param rule which
     * @param since when it was switched on
     */
    private record Active(FaultRule rule, Instant since) {

        boolean hasEnded(Instant now) {
            return rule.effect().lasts() != null
                    && !now.isBefore(since.plus(rule.effect().lasts()));
        }
    }
}
