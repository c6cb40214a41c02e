/** What the simulator needs of this package and cannot see from outside. */
@NullMarked
package io.orderworkflow.payment;

import org.jspecify.annotations.NullMarked;
