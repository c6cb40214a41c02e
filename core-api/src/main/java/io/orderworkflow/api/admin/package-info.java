/** What operators ask and decide: about orders that need a person, and about event processors. */
@NullMarked
package io.orderworkflow.api.admin;

import org.jspecify.annotations.NullMarked;
