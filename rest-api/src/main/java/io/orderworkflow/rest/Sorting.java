package io.orderworkflow.rest;

import io.orderworkflow.api.Sort;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code sort=placedAt,desc}. */
final class Sorting {

    private static final Pattern SORT = Pattern.compile("([A-Za-z]+)(?:,(asc|desc))?");

    private Sorting() {}

    static Sort parse(String sort, Set<String> sortable) {
        if (sort.isEmpty()) {
            return Sort.NATURAL;
        }
        Matcher parts = SORT.matcher(sort);
        if (!parts.matches() || !sortable.contains(parts.group(1))) {
            throw ProblemException.invalid(
                    "sort",
                    "must be one of " + String.join(", ", new TreeSet<>(sortable))
                            + ", followed by ,asc or ,desc if need be");
        }
        return new Sort(parts.group(1), "desc".equals(parts.group(2)));
    }
}
