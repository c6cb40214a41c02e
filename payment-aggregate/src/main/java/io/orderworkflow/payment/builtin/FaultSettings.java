package io.orderworkflow.payment.builtin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether faults can be made, to see how the workflow bears them. Never where people buy.
 *
 * @param enabled whether scenarios can be switched on, and demo orders placed
 * @param folder where further scenarios are, one a file
 */
@ConfigurationProperties("order-workflow.faults")
public record FaultSettings(
        @DefaultValue("false") boolean enabled, @Nullable Path folder) {

    /** The property that enables them. */
    public static final String ENABLED = "order-workflow.faults.enabled";
}
