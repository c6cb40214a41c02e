/** Starts a real PostgreSQL from the program's own dependencies when no other database is configured. */
@NullMarked
package io.orderworkflow.platform.postgres;

import org.jspecify.annotations.NullMarked;
