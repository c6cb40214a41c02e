@NullMarked
package io.orderworkflow.payment.demo;

import org.jspecify.annotations.NullMarked;
