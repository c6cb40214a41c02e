/** Faults that are made on purpose, and orders that place themselves, to see how the workflow bears them. */
@NullMarked
package io.orderworkflow.api.fault;

import org.jspecify.annotations.NullMarked;
