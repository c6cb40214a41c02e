/** What the simulator needs of this package and cannot see from outside. */
@NullMarked
package io.orderworkflow.saga;

import org.jspecify.annotations.NullMarked;
