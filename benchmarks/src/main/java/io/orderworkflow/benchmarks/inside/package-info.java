/** Measures the program from within one process, without HTTP: what the order process itself costs. */
@NullMarked
package io.orderworkflow.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
