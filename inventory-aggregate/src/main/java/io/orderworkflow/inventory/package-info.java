/** Decides what a product is and costs, and whether stock of it can be set aside for an order. */
@NullMarked
package io.orderworkflow.inventory;

import org.jspecify.annotations.NullMarked;
