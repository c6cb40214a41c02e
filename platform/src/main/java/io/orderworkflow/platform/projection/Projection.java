package io.orderworkflow.platform.projection;

import org.axonframework.eventhandling.EventHandler;

/**
 * Keeps tables up to date: its {@linkplain EventHandler event handlers} only write rows of their generation, so events
 * may be handled together, one by one or again, and parked. Made by its {@link ProjectionGroup}, once a generation.
 */
public interface Projection {

    /** The generation that it writes. */
    Generation generation();
}
