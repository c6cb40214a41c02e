package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shop as customers see it. */
abstract class ShopPages extends BrowserTest {

    @Test
    void leadsFromTheShelfToAnOrderThatIsSettledLive() {
        shop.sells("TEAPOT", "24.50", 10);
        reader.at("/shop");
        reader.expectRefusals();
        Locator offer =
                page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Product TEAPOT"));
        offer.getByLabel("Pieces of").fill("0");
        offer.getByRole(AriaRole.BUTTON).click();
        assertThat(offer.getByText("must be 1 to 10000")).isVisible();
        assertThat(offer.getByLabel("Pieces of")).hasValue("0");
        offer.getByLabel("Pieces of").fill("2");
        offer.getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator(".cart-line")).containsText("2 pieces in your cart, 49.00 EUR");
        reader.findsInOrder("shop");

        link("To the cart").click();
        assertThat(page.locator(".sum")).containsText("49.00 EUR");
        reader.findsInOrder("shop-cart");

        link("To the checkout").click();
        page.getByLabel("Recipient").fill("A".repeat(201));
        page.getByLabel("City").fill("Springfield");
        buy();
        assertThat(page.getByText("must be up to 200 characters")).isVisible();
        assertThat(page.getByLabel("City")).hasValue("Springfield");
        reader.findsInOrder("shop-checkout-bad-input");
        page.getByLabel("Recipient").fill("Ada Lovelace");
        buy();

        assertThat(page).hasURL(Pattern.compile(".*/shop/orders/[0-9a-f-]{36}"));
        assertThat(page.locator("#order")).containsText("Thank you!");
        assertThat(page.locator(".way .done")).hasCount(5);
        reader.findsInOrder("shop-order");
        reader.at("/shop/cart");
        assertThat(page.getByText("There is nothing in it.")).isVisible();
    }

    @Test
    void tellsACustomerWhyThereIsNoOrder() {
        shop.sells("SAUCER", "3.00", 10);
        reader.at("/shop");
        page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Product SAUCER"))
                .getByRole(AriaRole.BUTTON)
                .click();
        assertThat(page.locator(".cart-line")).containsText("1 piece in your cart");
        reader.at("/shop/checkout");
        page.getByLabel("tok_declined").check();

        buy();

        assertThat(page.locator("#order")).containsText("We are sorry:");
        assertThat(page.locator("#order")).containsText("payment declined by the provider");
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private void buy() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Buy now"))
                .click();
    }
}
