/**
 * What a projection is built on: the rows of a whole batch of events are written by a few statements, in the
 * transaction that also stores the token; and an event that cannot be projected is parked, with the later ones of its
 * sequence, while all others go on.
 */
@NullMarked
package io.orderworkflow.platform.projection;

import org.jspecify.annotations.NullMarked;
