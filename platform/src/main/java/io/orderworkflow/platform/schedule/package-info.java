/** Durable deadlines: commands that are sent at a later time, whatever happens until then. */
@NullMarked
package io.orderworkflow.platform.schedule;

import org.jspecify.annotations.NullMarked;
