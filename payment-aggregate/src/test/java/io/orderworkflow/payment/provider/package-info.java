@NullMarked
package io.orderworkflow.payment.provider;

import org.jspecify.annotations.NullMarked;
