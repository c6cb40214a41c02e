/** Leads an order from placed to its end, and undoes its steps when one is refused or late. */
@NullMarked
package io.orderworkflow.saga;

import org.jspecify.annotations.NullMarked;
