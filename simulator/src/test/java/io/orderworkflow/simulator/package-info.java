/** Runs whole orders on a virtual clock, with every fault at every point, and checks the promises. */
@NullMarked
package io.orderworkflow.simulator;

import org.jspecify.annotations.NullMarked;
