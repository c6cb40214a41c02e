/** Where events, tokens and the state of aggregates are kept. */
@NullMarked
package io.orderworkflow.platform.store;

import org.jspecify.annotations.NullMarked;
