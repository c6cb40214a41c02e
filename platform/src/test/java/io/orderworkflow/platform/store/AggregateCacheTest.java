package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    private final AggregateCache cache = new AggregateCache(100);

    @Test
    void keepsWhatWasPut() {
        cache.put("a", "entry");

        assertThat(cache.<String, String>get("a")).isEqualTo("entry");
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.<String, String>get("b")).isNull();
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        IntStream.range(0, 10_000).forEach(i -> cache.put("key-" + i, "entry"));

        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> cache.containsKey("key-" + i))
                        .count())
                .isEqualTo(100);
    }

    @Test
    void keepsWhatWasUsedLast() {
        IntStream.range(0, 100).forEach(i -> cache.put("key-" + i, "entry"));
        assertThat(cache.<String, String>get("key-0")).isEqualTo("entry");
        assertThat(cache.containsKey("key-1")).isTrue();

        cache.put("another", "entry");

        assertThat(cache.containsKey("key-0")).isTrue();
        assertThat(cache.containsKey("key-1")).isFalse();
        assertThat(cache.containsKey("another")).isTrue();
    }

    @Test
    void forgetsWhatIsRemoved() {
        cache.put("a", "entry");
        cache.put("b", "entry");

        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.containsKey("b")).isTrue();
        cache.removeAll();
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void changesWhatIsThere() {
        cache.put("a", "entry");
        cache.<String>computeIfPresent("a", entry -> entry + "!");
        cache.<String>computeIfPresent("b", entry -> entry + "!");

        assertThat(cache.<String, String>get("a")).isEqualTo("entry!");
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void addsWhatIsMissing() {
        assertThat(cache.putIfAbsent("a", "first")).isTrue();
        assertThat(cache.putIfAbsent("a", "second")).isFalse();
        assertThat(cache.computeIfAbsent("a", () -> "third")).isEqualTo("first");
        assertThat(cache.computeIfAbsent("b", () -> "fourth")).isEqualTo("fourth");
        assertThat(cache.<String, String>get("b")).isEqualTo("fourth");
    }
}
