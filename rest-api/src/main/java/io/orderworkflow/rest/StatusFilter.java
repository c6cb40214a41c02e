package io.orderworkflow.rest;

import io.orderworkflow.api.order.OrderStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The states that orders are asked for in: {@code status=PLACED,RESERVED}, or the parameter repeated.
 *
 * @param statuses the states; empty for all
 */
record StatusFilter(Set<OrderStatus> statuses) {

    static final StatusFilter ALL = new StatusFilter(Set.of());

    StatusFilter {
        statuses = Set.copyOf(statuses);
    }

    /**
     * Reads the parameter.
     *
     * @throws IllegalArgumentException if a state is none that there is
     */
    static StatusFilter parse(String... parameters) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        Arrays.stream(parameters)
                .filter(parameter -> !parameter.isEmpty())
                .flatMap(parameter -> Arrays.stream(parameter.split(",", -1)))
                .map(OrderStatus::valueOf)
                .forEach(statuses::add);
        return new StatusFilter(statuses);
    }
}
