/** How messages are written, routed, handled in groups, retried and traced back to their cause. */
@NullMarked
package io.orderworkflow.platform.messaging;

import org.jspecify.annotations.NullMarked;
