/** Wires the technical parts that every module relies on; knows nothing of the domain. */
@NullMarked
package io.orderworkflow.platform;

import org.jspecify.annotations.NullMarked;
