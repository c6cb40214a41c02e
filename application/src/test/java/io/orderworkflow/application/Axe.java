package io.orderworkflow.application;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Whether a page keeps anybody from using it, as far as axe can tell. It is asked within the page, and for nothing but
 * what is wrong: the library for it opens a further page each time, and brings everything along that is right.
 */
final class Axe {

    private static final String RUN = """
        rules => axe.run(document, {resultTypes: ['violations'], preload: false,
                ...(rules.length && {runOnly: {type: 'rule', values: rules}})})
            .then(found => found.violations
                .filter(rule => ['serious', 'critical'].includes(rule.impact))
                .map(rule => `${rule.id}: ${rule.help} ${rule.nodes.slice(0, 5).map(node => node.html).join(' ')}`))
        """;

    /** What the same document may break under other colours, and on another screen. */
    private static final List<String> OF_LOOKS =
            List.of("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size");

    private final Page page;

    Axe(Page page) {
        this.page = page;
    }

    /** What is seriously wrong with the page. */
    Object findings() {
        return findings(List.of());
    }

    /** What is seriously wrong with its looks alone. */
    Object findingsOfLooks() {
        return findings(OF_LOOKS);
    }

    private Object findings(List<String> rules) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        return page.evaluate(RUN, rules);
    }
}
