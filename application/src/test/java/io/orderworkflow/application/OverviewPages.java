package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How orders flow, as operators see it. */
abstract class OverviewPages extends BrowserTest {

    private static final String DRAWN = """
            () => ['rate-chart', 'outcome-chart', 'duration-chart'].every(id =>
                document.getElementById(id).getContext('2d')
                    .getImageData(0, 0, document.getElementById(id).width, document.getElementById(id).height)
                    .data.some(byte => byte !== 0))
            """;

    @Test
    void drawsHowOrdersFlowAndKeepsItUpToDate() {
        String sku = "FLOWING";
        shop.sells(sku, "9.90", 10);
        shop.order(sku + "-1", "tok_ok", line(sku, 1)).expect(200, 201, 202);
        reader.at("/");
        assertThat(page).hasURL(Pattern.compile(".*/console$"));
        page.waitForFunction(DRAWN);
        int before = orders();

        shop.order(sku + "-2", "tok_declined", line(sku, 1)).expect(200, 201, 202);

        page.waitForCondition(() -> orders() > before);
        assertThat(page.locator("#outcomes")).containsText("Payment declined");
        assertThat(page.locator("#durations")).containsText("Authorise payment");
        reader.findsInOrder("overview");
    }

    @Test
    void looksBackAsFarAsTheReaderWants() {
        shop.sells("LONG-AGO", "9.90", 10);
        shop.order("LONG-AGO", "tok_ok", line("LONG-AGO", 1)).expect(200, 201, 202);
        reader.at("/console");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("7 days"))
                .click();

        assertThat(page).hasURL(Pattern.compile(".*window=7d$"));
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("7 days")))
                .hasAttribute("aria-current", "true");
        page.waitForFunction(DRAWN);
        page.getByText("Orders a second, in numbers").click();
        assertThat(page.locator("#rates tbody tr").count()).isEqualTo(57);
    }

    private int orders() {
        return Integer.parseInt(
                page.locator("#figures .figure b").first().textContent().replace(",", ""));
    }
}
