package io.orderworkflow.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks what takes effect each time it is asked: a client must not be told to just ask again. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@interface NotRepeatable {

    /** Whether it does take effect only once where the client gave it a key. */
    boolean unlessKeyed() default false;
}
