package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderworkflow.application.Shop.line;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Orders as operators see them. */
abstract class OrderPages extends BrowserTest {

    @Test
    void listsOrdersAndKeepsTheListUpToDate() {
        String sku = "LISTED";
        shop.sells(sku, "9.90", 10);
        reader.at("/console/orders?sku=" + sku);
        assertThat(page.getByText("No order matches.")).isVisible();

        String orderId = id(shop.placeOrder(sku, "tok_ok", line(sku, 2)));

        Locator row =
                page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(orderId.substring(0, 8)));
        assertThat(row).containsText("Confirmed");
        assertThat(row).containsText("19.80 EUR");
        assertThat(page).hasTitle("Orders · Order workflow");
        reader.findsInOrder("orders");
    }

    @Test
    void filtersByTheAddressAndKeepsWhatWasTyped() {
        String sku = "FILTERED";
        shop.sells(sku, "1.00", 10);
        String orderId = id(shop.order(sku, "tok_declined", line(sku, 1)));
        reader.at("/console/orders?sku=" + sku);

        page.getByLabel("Confirmed").check();
        assertThat(page.getByText("No order matches.")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*status=CONFIRMED.*"));
        page.getByLabel("Confirmed").uncheck();
        page.getByLabel("Rejected").check();
        assertThat(page.getByText(orderId.substring(0, 8))).isVisible();

        page.getByLabel("Customer").fill("not a customer!");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Filter"))
                .click();
        assertThat(page.getByText("must be 1 to 64 of A-Z a-z 0-9 . _ -")).isVisible();
        assertThat(page.getByLabel("Customer")).hasValue("not a customer!");
        reader.findsInOrder("orders-bad-filter");
    }

    static String id(Shop.Answer answer) {
        return answer.expect(200, 201, 202).body().get("orderId").asString();
    }
}
