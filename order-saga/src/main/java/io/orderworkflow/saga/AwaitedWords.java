package io.orderworkflow.saga;

import io.orderworkflow.api.Sku;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what is waited for, to a person who knows nothing of sagas. */
final class AwaitedWords {

    /** An order can have a hundred of them, and these words are written with every step. */
    private static final int MOST_SKUS = 3;

    private AwaitedWords() {}

    /** All of these, apart from those that are empty. */
    static String all(String... awaited) {
        return Stream.of(awaited).filter(words -> !words.isEmpty()).collect(Collectors.joining("; "));
    }

    static String money(boolean awaited, boolean leftToAPerson) {
        if (!awaited) {
            return "";
        }
        return leftToAPerson
                ? "a person to settle with the provider that the money is given back"
                : "the money to be given back";
    }

    static String ofSkus(Collection<Sku> skus, String what) {
        return skus.isEmpty() ? "" : skus(skus) + what;
    }

    static String skus(Collection<Sku> skus) {
        String named = skus.stream().limit(MOST_SKUS).map(Sku::value).collect(Collectors.joining(", "));
        return skus.size() <= MOST_SKUS ? named : "%s and %d more".formatted(named, skus.size() - MOST_SKUS);
    }
}
