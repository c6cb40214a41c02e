package io.orderworkflow.query;

import io.orderworkflow.api.Sort;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.Sort.Direction;

/**
 * What a list can be sorted by.
 *
 * @param natural how it is sorted where nothing is asked for
 * @param attributes for each property that can be asked for: what to sort by, first things first
 * @param key what decides between equals, so that no item is on two pages
 */
record Sorting(Sort natural, Map<String, List<String>> attributes, List<String> key) {

    /** A list that is sorted by that property where nothing is asked for. */
    static Sorting naturally(String property, boolean descending) {
        return new Sorting(new Sort(property, descending), Map.of(), List.of());
    }

    Sorting by(String property, String... first) {
        Map<String, List<String>> more = Stream.concat(
                        attributes.entrySet().stream(), Stream.of(Map.entry(property, List.of(first))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Sorting(natural, more, key);
    }

    Sorting thenBy(String attribute) {
        return new Sorting(natural, attributes, List.of(attribute));
    }

    /**
     * Says it to the database.
     *
     * @throws IllegalArgumentException if the list cannot be sorted by that property
     */
    org.springframework.data.domain.Sort of(Sort asked) {
        Sort sort = asked.property() == null ? natural : asked;
        List<String> by = attributes.get(sort.property());
        if (by == null) {
            throw new IllegalArgumentException("cannot be sorted by " + sort.property());
        }
        return org.springframework.data.domain.Sort.by(
                sort.descending() ? Direction.DESC : Direction.ASC,
                Stream.concat(by.stream(), key.stream()).distinct().toArray(String[]::new));
    }
}
