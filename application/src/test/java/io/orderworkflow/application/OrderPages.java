package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderworkflow.application.Shop.line;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
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

    @Test
    void cancelsWithThePlanShownFirst() {
        String orderId = confirmed("CANCELLED");
        reader.at("/console/orders/" + orderId);
        reader.expectRefusals();

        button("Cancel the order").click();
        Locator dialog = dialog("Cancel the order");
        assertThat(dialog).containsText("19.80 EUR");
        assertThat(dialog).containsText("2 × CANCELLED");
        assertThat(dialog.getByRole(AriaRole.LISTITEM)).hasCount(3);
        dialog.getByRole(AriaRole.BUTTON, named("Cancel the order")).click();
        assertThat(dialog.getByText("is required")).isVisible();
        assertThat(dialog.getByLabel("Why?")).isFocused();
        reader.findsInOrder("order-cancellation-plan");

        dialog.getByLabel("Why?").fill("ordered twice");
        dialog.getByRole(AriaRole.BUTTON, named("Cancel the order")).click();

        assertThat(dialog).isHidden();
        assertThat(page.locator("#order .head").first()).containsText("Cancelled: ordered twice");
        assertThat(page.locator(".way")).containsText("Cancellation asked for");
        assertThat(button("Cancel the order")).isHidden();
        reader.findsInOrder("order-cancelled");
    }

    @Test
    void asksAgainForWhatAStuckOrderWaitsFor() {
        shop.sells("STUCK", "9.90", 10);
        String orderId = id(shop.placeOrder("STUCK", "tok_silent", line("STUCK", 1)));
        // It was accepted; the list of orders may show it a moment later.
        await().until(() -> shop.get("/api/orders/" + orderId).status() == 200);
        reader.at("/console/orders/" + orderId);
        assertThat(page.getByText("The order waits for the payment's authorisation"))
                .isVisible();
        reader.findsInOrder("order-waiting");

        button("Ask again (nudge)").click();

        assertThat(page.locator(".timeline")).containsText("an operator wanted to have it asked again");
        assertThat(page.locator(".waiting")).containsText("2 times");
        assertThat(page.locator(".causes")).containsText("NudgeOrder");
    }

    @Test
    void showsTheWholeOrderAsOfAnyEvent() {
        String orderId = confirmed("PAST");
        reader.at("/console/orders/" + orderId);
        button("Copy").click();
        assertThat(button("Copied")).isVisible();
        Locator past = page.locator("#past");
        assertThat(past).containsText("8 of 8: OrderConfirmed");

        page.getByLabel("After event").press("Home");

        assertThat(past).containsText("1 of 8: OrderPlaced");
        assertThat(past).containsText("There was none yet.");
        page.getByLabel("After event").press("ArrowRight");
        assertThat(past).containsText("2 × PAST set aside");
        assertThat(past).containsText("PAST: 2 set aside, 0 taken out, 0 put back");
        page.locator("#event-1 summary").click();
        assertThat(page.locator("#event-1 pre")).containsText("\"token\" : \"tok_ok\"");
        reader.findsInOrder("order");
    }

    @Test
    void shipsDeliversAndGivesMoneyBack() {
        String orderId = confirmed("DELIVERED");
        reader.at("/console/orders/" + orderId);
        reader.expectRefusals();

        button("Ship").click();
        Locator ship = dialog("Hand it to the carrier");
        ship.getByLabel("Carrier").fill("Post");
        ship.getByRole(AriaRole.BUTTON, named("Ship")).click();
        assertThat(ship.getByText("is required")).isVisible();
        assertThat(ship.getByLabel("Carrier")).hasValue("Post");
        ship.getByLabel("Tracking number").fill("RR 1");
        ship.getByRole(AriaRole.BUTTON, named("Ship")).click();
        button("Delivered").click();
        dialog("The customer has received it")
                .getByRole(AriaRole.BUTTON, named("Delivered"))
                .click();
        assertThat(page.locator("#order .head").first()).containsText("Delivered: received by the customer");

        button("Refund").click();
        Locator refund = dialog("Give money back");
        refund.getByLabel("Pieces of DELIVERED").fill("3");
        refund.getByLabel("Why?").fill("arrived broken");
        refund.getByRole(AriaRole.BUTTON, named("Refund")).click();
        assertThat(refund.getByText("2 pieces can still be refunded, not 3")).isVisible();
        refund.getByLabel("Pieces of DELIVERED").fill("1");
        refund.getByRole(AriaRole.BUTTON, named("Refund")).click();

        assertThat(page.locator("#order")).containsText("Partially refunded");
        assertThat(page.locator("#order")).containsText("9.90 EUR given back");
        reader.findsInOrder("order-refunded");
    }

    @Test
    void saysWhyAnActionIsRefused() {
        String orderId = confirmed("REFUSED");
        reader.at("/console/orders/" + orderId);
        reader.expectRefusals();
        button("Ship").click();
        shop.cancel(orderId).expect(202);

        Locator ship = dialog("Hand it to the carrier");
        ship.getByLabel("Carrier").fill("Post");
        ship.getByLabel("Tracking number").fill("RR 1");
        ship.getByRole(AriaRole.BUTTON, named("Ship")).click();

        assertThat(ship.getByRole(AriaRole.ALERT)).containsText("cancel");
        assertThat(ship.getByLabel("Carrier")).hasValue("Post");
    }

    @Test
    void showsALostConnectionAndMendsIt() {
        reader.expectRefusals();
        page.route("**/api/orders/stream", Route::abort);
        reader.at("/console/orders");
        assertThat(page.getByText("The connection is lost.")).isVisible();
        reader.picture("connection-lost");

        page.unroute("**/api/orders/stream");

        assertThat(page.getByText("The connection is lost.")).isHidden();
    }

    @Test
    void isUsedWithTheKeyboard() {
        reader.at("/console/orders");

        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");

        assertThat(page.getByLabel("Placed", new Page.GetByLabelOptions().setExact(true)))
                .isFocused();
    }

    private String confirmed(String sku) {
        shop.sells(sku, "9.90", 10);
        return id(shop.order(sku, "tok_ok", line(sku, 2)));
    }

    private Locator button(String name) {
        return page.locator("#order").getByRole(AriaRole.BUTTON, named(name));
    }

    private Locator dialog(String name) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    static String id(Shop.Answer answer) {
        return answer.expect(200, 201, 202).body().get("orderId").asString();
    }
}
