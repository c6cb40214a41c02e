/**
 * Orders that place themselves, to see the workflow at work. Only where faults are enabled. A client like others, by its
 * classes; it lives here because it pays with test tokens, and only here is it known that no real provider takes them.
 */
@NullMarked
package io.orderworkflow.payment.demo;

import org.jspecify.annotations.NullMarked;
