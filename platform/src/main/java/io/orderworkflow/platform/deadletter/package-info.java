/** What becomes of events that a projection could not handle: they are tried again, and shown to operators. */
@NullMarked
package io.orderworkflow.platform.deadletter;

import org.jspecify.annotations.NullMarked;
