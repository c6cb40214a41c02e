package io.orderworkflow.query;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.Sort;
import java.util.Map;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort.Direction;

/** Pages as they are asked for and answered, and as Spring Data knows them. */
final class Pages {

    private Pages() {}

    /**
     * What is asked of the database.
     *
     * @param columns the attribute to sort by for every sortable property
     * @param natural the order where none is asked for
     * @param key what decides between equals, so that no item is on two pages
     */
    static Pageable request(
            int page,
            int size,
            Sort sort,
            Map<String, String> columns,
            org.springframework.data.domain.Sort natural,
            String key) {
        if (sort.property() == null) {
            return PageRequest.of(page, size, natural);
        }
        String column = columns.get(sort.property());
        if (column == null) {
            throw new IllegalArgumentException("cannot be sorted by " + sort.property());
        }
        Direction direction = sort.descending() ? Direction.DESC : Direction.ASC;
        return PageRequest.of(page, size, org.springframework.data.domain.Sort.by(direction, column, key));
    }

    static Page of(org.springframework.data.domain.Page<?> page) {
        return Page.of(page.getNumber(), page.getSize(), page.getTotalElements());
    }
}
