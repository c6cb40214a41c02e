/** Decides what may happen to an order, and keeps carts until they become one. */
@NullMarked
package io.orderworkflow.order;

import org.jspecify.annotations.NullMarked;
