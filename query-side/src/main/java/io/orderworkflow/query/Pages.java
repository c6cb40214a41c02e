package io.orderworkflow.query;

import io.orderworkflow.api.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** Pages as they are asked for and answered, and as Spring Data knows them. */
final class Pages {

    private Pages() {}

    /** A page to be read. One that is further than the database can count is as empty as the last that it can. */
    static Pageable request(int number, int size, Sort sort) {
        return PageRequest.of(Math.min(number, Integer.MAX_VALUE / size - 1), size, sort);
    }

    /** Where the page that was asked for stands. */
    static Page of(int number, org.springframework.data.domain.Page<?> found) {
        return Page.of(number, found.getSize(), found.getTotalElements());
    }
}
