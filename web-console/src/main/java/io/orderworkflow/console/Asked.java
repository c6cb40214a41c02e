package io.orderworkflow.console;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an address asks for. What makes no sense is as good as not asked for. */
final class Asked {

    private static final int LARGEST = 1_000_000;
    private static final int LONGEST = 200;

    private Asked() {}

    /** The number of a page, or of something else that is counted; 0, if none is named. */
    static int number(@Nullable String text) {
        try {
            int number = text == null ? 0 : Integer.parseInt(text.strip());
            return number < 0 || number > LARGEST ? 0 : number;
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    /** A constant by its name. */
    static <E extends Enum<E>> @Nullable E constant(@Nullable String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** A text to look for, if there is any. */
    static @Nullable String text(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() || stripped.length() > LONGEST ? null : stripped;
    }
}
