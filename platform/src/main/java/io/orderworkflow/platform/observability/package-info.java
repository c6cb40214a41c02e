/** What the program tells of itself: metrics, traces, health. */
@NullMarked
package io.orderworkflow.platform.observability;

import org.jspecify.annotations.NullMarked;
