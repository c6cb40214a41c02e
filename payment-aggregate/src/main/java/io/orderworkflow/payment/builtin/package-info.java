/** A payment provider of our own, to try everything without a real one: an HTTP server that keeps books. */
@NullMarked
package io.orderworkflow.payment.builtin;

import org.jspecify.annotations.NullMarked;
