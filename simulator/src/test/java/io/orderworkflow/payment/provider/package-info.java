/** What the simulator needs of this package and cannot see from outside. */
@NullMarked
package io.orderworkflow.payment.provider;

import org.jspecify.annotations.NullMarked;
