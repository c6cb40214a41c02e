package io.orderworkflow.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The address of a list, with what narrows it: what is empty is no part of it. */
final class ListAddress {

    private final String path;
    private final Map<String, String> narrowing = new LinkedHashMap<>();

    ListAddress(String path) {
        this.path = path;
    }

    /** The same list, narrowed further. */
    ListAddress with(String parameter, @Nullable Object value) {
        ListAddress narrowed = new ListAddress(path);
        narrowed.narrowing.putAll(narrowing);
        narrowed.narrowing.remove(parameter);
        if (value != null && !value.toString().isEmpty()) {
            narrowed.narrowing.put(parameter, value.toString());
        }
        return narrowed;
    }

    /** Whether it is not simply all of the list. */
    public boolean isNarrowed() {
        return !narrowing.isEmpty();
    }

    /** The address of another page of the same list. */
    public String addressOfPage(long number) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        narrowing.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        if (number > 0) {
            address.queryParam("page", number);
        }
        return address.encode().buildAndExpand(narrowing).toUriString();
    }

    @Override
    public String toString() {
        return addressOfPage(0);
    }
}
