/** What can be asked of an order, what can happen to it, and how it is looked at. */
@NullMarked
package io.orderworkflow.api.order;

import org.jspecify.annotations.NullMarked;
