package io.orderworkflow.payment;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Lets a process decide on payments. */
@AutoConfiguration
@ConditionalOnRole(Role.PAYMENT)
@Import(Payment.class)
final class PaymentConfiguration {}
