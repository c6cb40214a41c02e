package io.orderworkflow.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateFieldsTest {

    private final StateFields fields = new StateFields(State.class);
    private final State state = new State();

    @Test
    void tellNothingWhereNothingChanged() {
        state.awaited.add("a");
        state.demand.put("a", 1L);
        @Nullable Object[] before = fields.of(state);

        state.awaited.remove("a");
        state.awaited.add("a");

        assertThat(fields.changes(before, state)).isEqualTo("{}");
    }

    @Test
    void tellWhatChangedAndNothingElse() {
        state.awaited.add("a");
        @Nullable Object[] before = fields.of(state);

        state.name = "b";
        state.attempt = 2;
        state.awaited.remove("a");
        state.demand.put("a", 1L);
        state.shortages.add("c");

        assertThat(fields.changes(before, state))
                .isEqualTo("{\"name\":[null,\"b\"],\"attempt\":[1,2],\"awaited\":[[\"a\"],[]],"
                        + "\"demand\":[{},{\"a\":1}],\"shortages\":[[],[\"c\"]]}");
    }

    @Test
    void tellElementsThatWereExchanged() {
        state.awaited.addAll(List.of("a", "b"));
        @Nullable Object[] before = fields.of(state);

        state.awaited.remove("b");
        state.awaited.add("c");

        assertThat(fields.changes(before, state)).isEqualTo("{\"awaited\":[[\"a\",\"b\"],[\"a\",\"c\"]]}");
    }

    @SuppressWarnings({"unused", "FieldCanBeFinal"}) // Read by reflection.
    private static final class State {

        private static int ofAll = 1;

        private @Nullable String name;
        private int attempt = 1;
        private SortedSet<String> awaited = new TreeSet<>();
        private SortedMap<String, Long> demand = new TreeMap<>();
        private List<String> shortages = new ArrayList<>();
        private transient int notStored;
    }
}
