/** What can be asked of a cart, what can happen to it, and how it is looked at. */
@NullMarked
package io.orderworkflow.api.cart;

import org.jspecify.annotations.NullMarked;
