package io.orderworkflow.api.order;

import org.jspecify.annotations.Nullable;

/**
 * Where an order is shipped. Every part is up to 200 characters and may be absent: addresses differ too much between
 * countries for more to be demanded.
 *
 * @param recipient who receives it
 * @param street street and number
 * @param postalCode postal code
 * @param city city
 * @param country country
 */
public record ShippingAddress(
        @Nullable String recipient,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country) {}
