/** Orders that place themselves, to see the workflow at work. Only where faults are enabled. */
@NullMarked
package io.orderworkflow.payment.demo;

import org.jspecify.annotations.NullMarked;
