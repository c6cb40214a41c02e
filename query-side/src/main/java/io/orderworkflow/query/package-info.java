/** Keeps the views of orders, stock and payments up to date and answers questions about them. */
@NullMarked
package io.orderworkflow.query;

import org.jspecify.annotations.NullMarked;
