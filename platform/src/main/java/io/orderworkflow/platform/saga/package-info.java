/** Keeps the sagas of a batch of events together: read at once, written at once. */
@NullMarked
package io.orderworkflow.platform.saga;

import org.jspecify.annotations.NullMarked;
