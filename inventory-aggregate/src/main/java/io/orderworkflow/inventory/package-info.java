/** Decides whether stock can be set aside for an order. */
@NullMarked
package io.orderworkflow.inventory;

import org.jspecify.annotations.NullMarked;
