/** What tests need of a browser. */
@NullMarked
package io.orderworkflow.platform.web;

import org.jspecify.annotations.NullMarked;
