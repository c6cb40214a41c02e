/** What the auditor checks, and what it found. */
@NullMarked
package io.orderworkflow.api.audit;

import org.jspecify.annotations.NullMarked;
