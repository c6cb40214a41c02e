package io.orderworkflow.api.fault;

/** Asks how the demo driver stands; answered by {@link DemoOrders}. */
public record FindDemoOrders() {}
