/** Puts the modules together into one program. */
@NullMarked
package io.orderworkflow.application;

import org.jspecify.annotations.NullMarked;
