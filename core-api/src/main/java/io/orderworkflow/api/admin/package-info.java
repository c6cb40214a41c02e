/** What operators ask and decide about orders that need a person. */
@NullMarked
package io.orderworkflow.api.admin;

import org.jspecify.annotations.NullMarked;
