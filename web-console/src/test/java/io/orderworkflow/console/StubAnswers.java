package io.orderworkflow.console;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.jspecify.annotations.Nullable;

/** Stands for the modules that answer queries: {@code answers.to(FindOrders.class, OrderPage.class, query -> page)}. */
final class StubAnswers {

    private final SimpleQueryBus queryBus;
    private final Map<String, Function<Object, @Nullable Object>> answers = new ConcurrentHashMap<>();
    private final List<String> known = new CopyOnWriteArrayList<>();
    private final List<Object> asked = new CopyOnWriteArrayList<>();

    StubAnswers(SimpleQueryBus queryBus) {
        this.queryBus = queryBus;
    }

    void reset() {
        answers.clear();
        asked.clear();
    }

    /** From here on queries of that type are answered so; {@code null} says that there is no such thing. */
    <Q, A> void to(Class<Q> query, Class<A> type, Function<Q, @Nullable A> answer) {
        to(query.getName(), query, type, answer);
    }

    /** The same, for queries that are asked under a name of their own. */
    <Q, A> void to(String name, Class<Q> query, Class<A> type, Function<Q, @Nullable A> answer) {
        answers.put(name, asks -> answer.apply(query.cast(asks)));
        if (!known.contains(name)) {
            known.add(name);
            queryBus.subscribe(name, (Type) type, message -> {
                asked.add(message.getPayload());
                Function<Object, @Nullable Object> given = answers.get(name);
                return Objects.requireNonNull(given, () -> "nothing answers " + name + " in this test")
                        .apply(message.getPayload());
            });
        }
    }

    /** What was asked, of that type. */
    <Q> List<Q> asked(Class<Q> type) {
        return asked.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
