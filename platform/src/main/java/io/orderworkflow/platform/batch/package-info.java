/**
 * Work that is gathered while a batch of events is handled and done at once when it commits: commands are sent, rows
 * written, answers waited for. A batch may have parts that fail, or succeed, each by itself.
 */
@NullMarked
package io.orderworkflow.platform.batch;

import org.jspecify.annotations.NullMarked;
