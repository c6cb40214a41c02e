package io.orderworkflow.benchmarks;

import java.net.URI;

/**
 * What the load driver is to do.
 *
 * @param orders how many orders to place
 * @param clients how many clients place them, each one after the other
 * @param url where the program answers
 * @param skus how many products they are spread over
 * @param rate orders that become due in a second, whether earlier ones are answered or not; 0 for as fast as allowed
 * @param streams how many orders are followed on a stream each, from when they are placed until the end
 */
record LoadOptions(int orders, int clients, URI url, int skus, int rate, int streams) {

    static final String USAGE =
            "usage: scripts/load N [--clients 16] [--url http://localhost:8080] [--skus 1000] [--rate ORDERS_A_SECOND]"
                    + " [--streams 0]";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it cannot be understood; says why
     */
    static LoadOptions parse(String... arguments) {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("how many orders?");
        }
        LoadOptions options =
                new LoadOptions(number("N", arguments[0], 1), 16, URI.create("http://localhost:8080"), 1000, 0, 0);
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " has no value");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private LoadOptions with(String name, String value) {
        return switch (name) {
            case "--clients" -> new LoadOptions(orders, number(name, value, 1), url, skus, rate, streams);
            case "--url" -> new LoadOptions(orders, clients, URI.create(value), skus, rate, streams);
            case "--skus" -> new LoadOptions(orders, clients, url, number(name, value, 1), rate, streams);
            case "--rate" -> new LoadOptions(orders, clients, url, skus, number(name, value, 0), streams);
            case "--streams" -> new LoadOptions(orders, clients, url, skus, rate, number(name, value, 0));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private static int number(String name, String value, int least) {
        if (!value.matches("[0-9]{1,8}") || Integer.parseInt(value) < least) {
            throw new IllegalArgumentException(name + " must be a number from " + least + " on: " + value);
        }
        return Integer.parseInt(value);
    }
}
