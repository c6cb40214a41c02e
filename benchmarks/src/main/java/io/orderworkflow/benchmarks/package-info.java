/** Uses the order workflow from outside, over HTTP alone: as a load, and to show what it does. */
@NullMarked
package io.orderworkflow.benchmarks;

import org.jspecify.annotations.NullMarked;
