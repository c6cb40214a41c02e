/** The published language: identifiers and values that every message is made of. */
@NullMarked
package io.orderworkflow.api;

import org.jspecify.annotations.NullMarked;
