package io.orderworkflow.console;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** The address of a list, with what narrows it: what is empty is no part of it. */
final class ListAddress {

    private final String path;
    private final Map<String, List<String>> narrowing = new LinkedHashMap<>();

    ListAddress(String path) {
        this.path = path;
    }

    /** The same list, narrowed further. */
    ListAddress with(String parameter, @Nullable Object value) {
        return with(parameter, value == null ? List.of() : List.of(value));
    }

    /** The same list, narrowed to what has one of these values. */
    ListAddress with(String parameter, Collection<?> values) {
        ListAddress narrowed = new ListAddress(path);
        narrowed.narrowing.putAll(narrowing);
        List<String> given = values.stream()
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .toList();
        if (given.isEmpty()) {
            narrowed.narrowing.remove(parameter);
        } else {
            narrowed.narrowing.put(parameter, given);
        }
        return narrowed;
    }

    /** Whether it is not simply all of the list. */
    public boolean isNarrowed() {
        return !narrowing.isEmpty();
    }

    /** The address of another page of the same list. */
    public String addressOfPage(long number) {
        StringJoiner address = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        narrowing.forEach((name, values) ->
                values.forEach(value -> address.add(name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8))));
        if (number > 0) {
            address.add("page=" + number);
        }
        return address.toString();
    }

    @Override
    public String toString() {
        return addressOfPage(0);
    }
}
