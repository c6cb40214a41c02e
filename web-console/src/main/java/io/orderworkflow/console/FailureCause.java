package io.orderworkflow.console;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What several things failed with, which are likely to go on together once it is mended.
 *
 * @param of whose they are, where that matters
 * @param cause the kind of failure
 * @param number how many there are
 */
record FailureCause(String of, String cause, long number) {

    /** The causes of things, the most frequent first. */
    static <T> List<FailureCause> of(List<T> failed, Function<T, String> whose, Function<T, String> cause) {
        Map<FailureCause, Long> numbers = new LinkedHashMap<>();
        failed.forEach(one -> numbers.merge(new FailureCause(whose.apply(one), cause.apply(one), 0), 1L, Long::sum));
        return numbers.entrySet().stream()
                .map(counted -> new FailureCause(counted.getKey().of, counted.getKey().cause, counted.getValue()))
                .sorted(Comparator.comparing(FailureCause::number).reversed())
                .toList();
    }
}
