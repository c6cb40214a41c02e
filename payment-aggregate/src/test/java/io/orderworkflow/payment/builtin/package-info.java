@NullMarked
package io.orderworkflow.payment.builtin;

import org.jspecify.annotations.NullMarked;
