/** The events of the store as they were written: found, counted, and looked through at the start. */
@NullMarked
package io.orderworkflow.platform.eventlog;

import org.jspecify.annotations.NullMarked;
