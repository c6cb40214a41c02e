/** What can be asked of a payment, what can happen to it, and how it is looked at. */
@NullMarked
package io.orderworkflow.api.payment;

import org.jspecify.annotations.NullMarked;
