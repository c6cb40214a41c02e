/** The event store itself: what is in it, how much, and what an aggregate was like at a moment of the past. */
@NullMarked
package io.orderworkflow.api.eventstore;

import org.jspecify.annotations.NullMarked;
