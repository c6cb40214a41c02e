/** How event processors run: what they do on an error, where they begin, how much they take at once. */
@NullMarked
package io.orderworkflow.platform.processing;

import org.jspecify.annotations.NullMarked;
