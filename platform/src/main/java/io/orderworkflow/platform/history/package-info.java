/** Reads events as they were written by earlier versions of the program. */
@NullMarked
package io.orderworkflow.platform.history;

import org.jspecify.annotations.NullMarked;
