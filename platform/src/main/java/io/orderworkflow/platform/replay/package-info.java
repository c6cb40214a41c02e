/** Tells what an aggregate was like at a moment of the past. */
@NullMarked
package io.orderworkflow.platform.replay;

import org.jspecify.annotations.NullMarked;
