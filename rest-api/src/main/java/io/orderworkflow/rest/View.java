package io.orderworkflow.rest;

import java.util.List;
import java.util.function.Function;

/**
 * Something that can be looked at now and followed from there on.
 *
 * @param query asks for it
 * @param answerType what the query is answered with
 * @param states the states of the thing in such an answer, if it is there
 * @param stateType the thing's state, as every update brings it
 */
record View<A, S>(Object query, Class<A> answerType, Function<A, List<S>> states, Class<S> stateType) {

    /** Of one thing, whose query is answered with its state. */
    static <S> View<S, S> of(Object query, Class<S> stateType) {
        return new View<>(query, stateType, List::of, stateType);
    }
}
