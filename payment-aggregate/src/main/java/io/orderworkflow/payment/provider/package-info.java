/** Asks payment providers, outside of any transaction and as often as it takes; and what a provider has to offer. */
@NullMarked
package io.orderworkflow.payment.provider;

import org.jspecify.annotations.NullMarked;
