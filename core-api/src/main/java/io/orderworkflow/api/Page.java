package io.orderworkflow.api;

/**
 * Where a page stands in the whole list.
 *
 * @param number the page, counted from 0
 * @param size how many items a full page has, 1 to {@link #MAX_SIZE}
 * @param totalItems how many items the whole list has
 * @param totalPages how many pages the whole list has
 */
public record Page(int number, int size, long totalItems, long totalPages) {

    /** The largest page that can be asked for. */
    public static final int MAX_SIZE = 200;

    /** The page {@code number} of a list of {@code totalItems} items in pages of {@code size}. */
    public static Page of(int number, int size, long totalItems) {
        return new Page(number, size, totalItems, (totalItems + size - 1) / size);
    }
}
