/** Checks the promises of the whole on the live data, as far as it has changed. */
@NullMarked
package io.orderworkflow.query.audit;

import org.jspecify.annotations.NullMarked;
