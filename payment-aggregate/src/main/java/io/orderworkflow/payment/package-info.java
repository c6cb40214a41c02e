/** Records payments and asks payment providers for them. */
@NullMarked
package io.orderworkflow.payment;

import org.jspecify.annotations.NullMarked;
