package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderworkflow.application.Shop.line;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Faults that operators make, and orders that they have placed. */
abstract class FaultPages extends BrowserTest {

    @Test
    void switchesAScenarioOnAndOff() {
        String sku = "KETTLE";
        shop.sells(sku, "49.00", 10);
        reader.at("/console/faults");

        button("Switch on: Whoever orders a kettle or a desk lamp has no money").click();
        Locator off = button("Switch off: Whoever orders a kettle or a desk lamp has no money");
        assertThat(off).isVisible();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shop.order("kettle-" + System.nanoTime(), "tok_ok", line(sku, 1))
                        .body()
                        .path("status")
                        .asString()
                        .equals("REJECTED"));
        reader.findsInOrder("faults");

        // The list is fetched anew every two seconds: whoever uses the keyboard stays where they are.
        off.focus();
        page.waitForResponse(answer -> answer.url().endsWith("/console/faults"), () -> {});
        page.waitForResponse(answer -> answer.url().endsWith("/console/faults"), () -> {});
        assertThat(off).isFocused();

        off.press("Enter");
        assertThat(button("Switch on: Whoever orders a kettle or a desk lamp has no money"))
                .isVisible();
    }

    @Test
    void placesDemoOrdersUntilTheyAreStopped() {
        shop.sells("DEMO", "1.00", 1_000);
        reader.expectRefusals();
        reader.at("/console/faults");

        page.getByLabel("Orders a second").fill("51");
        button("Place orders").click();
        assertThat(page.getByText("must be 0.1 to 50")).isVisible();
        assertThat(page.getByLabel("Orders a second")).hasValue("51");
        assertThat(page.getByLabel("Orders a second")).hasAttribute("aria-invalid", "true");

        page.getByLabel("Orders a second").fill("5");
        page.getByLabel("For how many seconds").fill("");
        button("Place orders").click();
        assertThat(page.locator("#demo")).containsText("Placing orders");
        assertThat(page.locator("#demo")).containsText("when it is stopped");

        page.getByLabel("Orders a second").fill("7");
        button("Place orders").click();
        assertThat(page.getByText("Demo orders are being placed already; stop them first."))
                .isVisible();

        button("Stop").click();
        assertThat(page.locator("#demo")).containsText("Idle");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
