/** Pages for operators and customers, rendered by the server; what they change goes through the REST API. */
@NullMarked
package io.orderworkflow.console;

import org.jspecify.annotations.NullMarked;
