package io.orderworkflow.payment;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How payments are made.
 *
 * @param provider the payment provider, and how it is called
 * @param builtIn the payment provider that this program brings along
 */
@ConfigurationProperties("order-workflow.payment")
public record PaymentProperties(
        @DefaultValue Provider provider, @DefaultValue BuiltIn builtIn) {

    /**
     * The payment provider, and how it is called.
     *
     * @param url where it is; the built-in provider is called if there is none
     * @param callTimeout how long it may take for an answer
     * @param maxInFlight calls that one process has under way at the same time
     * @param initialBackOff how long a call waits, at most, after it was first tried in vain; twice as long each time
     * @param maxBackOff how long it waits at most
     * @param pollInterval how often calls are looked for that are due and that nobody makes
     * @param circuit when the provider is regarded as being away
     */
    public record Provider(
            @Nullable URI url,
            @DefaultValue("5s") Duration callTimeout,
            @DefaultValue("256") int maxInFlight,
            @DefaultValue("200ms") Duration initialBackOff,
            @DefaultValue("30s") Duration maxBackOff,
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue Circuit circuit) {

        /** The address, where it is known that there is one. */
        public URI requiredUrl() {
            return Objects.requireNonNull(url, "order-workflow.payment.provider.url");
        }
    }

    /**
     * When the provider is regarded as being away. Calls are then put off until it is found to be back.
     *
     * @param failureRate the share of the latest calls that have to fail, in per cent
     * @param latestCalls how many these are
     * @param minimumCalls how many there have to be before it can be told
     * @param openFor how long the provider is then left alone
     */
    public record Circuit(
            @DefaultValue("80") int failureRate,
            @DefaultValue("100") int latestCalls,
            @DefaultValue("50") int minimumCalls,
            @DefaultValue("5s") Duration openFor) {}

    /**
     * The payment provider that this program brings along: a server of its own, for this machine only.
     *
     * @param enabled whether to start it; by default, if no other provider's address is given
     * @param port the port that it listens on; any free one if 0
     * @param groupingDelay how long it gathers requests that it then writes into its books in one transaction
     */
    public record BuiltIn(
            @Nullable Boolean enabled,
            @DefaultValue("0") int port,
            @DefaultValue("2ms") Duration groupingDelay) {}
}
