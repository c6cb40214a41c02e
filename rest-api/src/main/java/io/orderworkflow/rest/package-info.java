/** Translates HTTP into commands and queries, and their answers back. */
@NullMarked
package io.orderworkflow.rest;

import org.jspecify.annotations.NullMarked;
