package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.builtin.Operation.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the provider does something to, and what. A call has to fit all that is said; what is empty says nothing.
 *
 * @param tokens what is paid with
 * @param skus products, of which the order has at least one
 * @param percent the share of all payments, in per cent; always the same ones
 * @param actions what is asked for
 * @param effect what is done
 */
record FaultRule(
        Set<String> tokens, Set<String> skus, @Nullable Double percent, Set<Action> actions, FaultEffect effect) {

    private static final int HUNDREDTHS = 10_000;

    FaultRule {
        tokens = Collections.unmodifiableSet(new TreeSet<>(tokens));
        skus = Collections.unmodifiableSet(new TreeSet<>(skus));
        actions = Collections.unmodifiableSet(new TreeSet<>(actions));
    }

    /** Whether it fits every call there is. */
    boolean selectsEverything() {
        return tokens.isEmpty() && skus.isEmpty() && percent == null && actions.isEmpty();
    }

    /** Whether it fits a call for a payment that is paid with that token. */
    boolean selects(Operation operation, @Nullable String token) {
        return (tokens.isEmpty() || (token != null && tokens.contains(token)))
                && (skus.isEmpty() || !Collections.disjoint(skus, operation.skus()))
                && (actions.isEmpty() || actions.contains(operation.action()))
                && (percent == null || isAmong(operation.paymentId(), percent));
    }

    /** Decided by the payment's identifier alone: on every node, at every try, after every restart the same. */
    private static boolean isAmong(UUID paymentId, double percent) {
        long mixed = paymentId.getMostSignificantBits() * 31 + paymentId.getLeastSignificantBits();
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        return Math.floorMod(mixed ^ mixed >>> 33, HUNDREDTHS) < Math.round(percent * HUNDREDTHS / 100);
    }

    /** The rule in plain words. */
    String inWords() {
        List<String> words = new ArrayList<>();
        words.add(percent == null ? "All payments" : shortest(percent) + " % of payments");
        if (!tokens.isEmpty()) {
            words.add("with " + anyOf(tokens));
        }
        if (!skus.isEmpty()) {
            words.add("of orders that have " + anyOf(skus));
        }
        if (!actions.isEmpty()) {
            words.add("at their "
                    + anyOf(actions.stream()
                            .map(action -> action.name().toLowerCase(Locale.ROOT))
                            .toList()));
        }
        return String.join(" ", words) + ": " + effect.inWords();
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String anyOf(Collection<String> names) {
        return names.stream().collect(Collectors.joining(" or "));
    }
}
