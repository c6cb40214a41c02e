package io.orderworkflow.rest;

/** When rebuilt read models take the place of the old ones: as soon as they can, or when they are told to. */
enum SwitchMode {
    AUTO,
    MANUAL;

    static SwitchMode parse(String text) {
        return switch (text) {
            case "auto" -> AUTO;
            case "manual" -> MANUAL;
            default -> throw new IllegalArgumentException("must be auto or manual");
        };
    }
}
