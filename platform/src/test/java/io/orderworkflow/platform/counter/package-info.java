/** An aggregate to test the platform with, and its messages. */
@NullMarked
package io.orderworkflow.platform.counter;

import org.jspecify.annotations.NullMarked;
