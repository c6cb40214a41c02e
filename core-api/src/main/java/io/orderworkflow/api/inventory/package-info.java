/** What can be asked of products and stock, what can happen to them, and how they are looked at. */
@NullMarked
package io.orderworkflow.api.inventory;

import org.jspecify.annotations.NullMarked;
