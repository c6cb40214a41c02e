@NullMarked
package io.orderworkflow.payment;

import org.jspecify.annotations.NullMarked;
