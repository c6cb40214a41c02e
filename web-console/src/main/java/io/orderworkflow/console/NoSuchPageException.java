package io.orderworkflow.console;

/** What the address of a page names does not exist. */
final class NoSuchPageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String words;

    /** Says in words what there is none of. */
    NoSuchPageException(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
