package io.orderworkflow.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderworkflow.application.OrderPages.id;
import static io.orderworkflow.application.Shop.line;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.orderworkflow.application.ParkedOrderIT.Poison;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators keep going: workflows, stock, processors and dead letters. */
abstract class OperationPages extends BrowserTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Poison poison;

    @Test
    void nudgesAnOrderThatIsOpen() {
        shop.sells("OPEN", "1.00", 10);
        String orderId = id(shop.placeOrder("OPEN", "tok_silent", line("OPEN", 1)));
        reader.at("/console/workflows");
        Locator row = row(orderId.substring(0, 8));
        assertThat(row).containsText("Authorization");

        button("Nudge order " + orderId.substring(0, 8)).click();

        assertThat(page.locator("#toast")).hasText("It was asked again.");
        assertThat(row.locator("[data-label=Asked]")).hasText(Pattern.compile("[2-9]×"));
        reader.findsInOrder("workflows");
    }

    @Test
    void retriesParkedStepsOneByOneAndByTheirCause() {
        shop.sells(Poison.SKU, "1.00", 10);
        String one = id(shop.placeOrder("parked-1", "tok_ok", line(Poison.SKU, 1)));
        String other = id(shop.placeOrder("parked-2", "tok_ok", line(Poison.SKU, 1)));
        reader.at("/console/workflows?show=parked");
        assertThat(row(one.substring(0, 8))).containsText("Waits for you");
        assertThat(row(other.substring(0, 8))).containsText("StockReserved");
        reader.findsInOrder("workflows-parked");
        Locator tries = row(one.substring(0, 8)).locator("[data-label=Tries]");
        String before = tries.textContent();
        button("Retry order " + one.substring(0, 8)).click();
        assertThat(tries).not().hasText(before);

        poison.takeAway();
        reader.at("/console/orders/" + one);
        assertThat(page.locator(".waiting")).containsText("StockReserved could not be handled");
        button("Retry the parked step").click();
        assertThat(page.locator("#order .head").first()).containsText("Confirmed");

        reader.at("/console/workflows?show=parked");
        assertThat(row(one.substring(0, 8))).isHidden();
        button("Retry what failed with IllegalStateException").click();
        assertThat(row(other.substring(0, 8))).isHidden();
        reader.at("/console/orders?sku=" + Poison.SKU);
        assertThat(row(other.substring(0, 8))).containsText("Confirmed");
    }

    @Test
    void receivesAndAdjustsStockAndKeepsWhatWasTyped() {
        shop.sells("RECEIVED", "1.00", 10);
        reader.at("/console/inventory?sort=sku");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("RECEIVED"))
                .first()
                .click();
        button("Receive…").click();
        page.getByLabel("Pieces", new Page.GetByLabelOptions().setExact(true)).fill("5");
        page.getByLabel("Reference").fill("delivery note 4711");
        button("Receive").click();
        Locator stock = page.locator("#stock");
        assertThat(stock.locator(".figure").first()).containsText("15");
        assertThat(stock).containsText("delivery note 4711");

        reader.expectRefusals();
        button("Adjust…").click();
        page.getByLabel("Reason").fill("broken");
        button("Adjust").click();
        assertThat(page.locator("#adjust-delta-error")).isVisible();
        assertThat(page.getByLabel("Reason")).hasValue("broken");
        page.getByLabel("Pieces more or less").fill("-100");
        button("Adjust").click();
        assertThat(page.locator("#adjust .form-error")).isVisible();
        page.getByLabel("Pieces more or less").fill("-3");
        button("Adjust").click();
        assertThat(stock.locator(".figure").first()).containsText("12");
        assertThat(stock.getByRole(AriaRole.IMG).last()).hasAttribute("aria-label", Pattern.compile(".*0, 10, 15, 12"));
        reader.findsInOrder("stock");
    }

    @Test
    void listsWhatIsLowFirst() {
        shop.sells("A-PLENTY", "1.00", 1000).sells("Z-LOW", "1.00", 3);
        shop.put("/api/inventory/Z-LOW/reorder-point", Map.of("quantity", 5)).expect(204);

        reader.at("/console/inventory?sort=sku");

        assertThat(page.getByRole(AriaRole.TABLE).first()).containsText("Z-LOW");
        assertThat(page.getByRole(AriaRole.TABLE).first()).not().containsText("A-PLENTY");
        reader.findsInOrder("inventory");
    }

    @Test
    void retriesADeadLetter() {
        shop.sells("LETTER", "1.25", 10);
        reader.at("/console/dead-letters");
        jdbc.execute("alter table orders.placed_order add constraint poisoned check (total <> 3.75) not valid");
        String orderId;
        try {
            orderId = id(shop.placeOrder("LETTER", "tok_ok", line("LETTER", 3)));
            assertThat(row(orderId.substring(0, 8))).containsText("OrderPlaced");
            assertThat(row(orderId.substring(0, 8))).containsText("Waits for you");
            page.locator("summary").first().click();
            assertThat(row(orderId.substring(0, 8))).containsText("poisoned");
            reader.findsInOrder("dead-letters");
        } finally {
            jdbc.execute("alter table orders.placed_order drop constraint poisoned");
        }

        button("Retry " + orderId.substring(0, 8)).click();

        assertThat(row(orderId.substring(0, 8))).isHidden();
        reader.at("/console/orders?sku=LETTER");
        assertThat(row(orderId.substring(0, 8))).containsText("Confirmed");
    }

    @Test
    void discardsADeadLetterForAReason() {
        shop.sells("DISCARDED", "1.25", 10);
        jdbc.execute("alter table orders.placed_order add constraint discarded check (total <> 6.25) not valid");
        try {
            String orderId = id(shop.placeOrder("DISCARDED", "tok_ok", line("DISCARDED", 5)));
            String letter = orderId.substring(0, 8);
            reader.at("/console/dead-letters");
            reader.expectRefusals();
            button("Discard the event of " + letter).click();
            button("Discard").click();
            assertThat(page.locator("#discard-reason-error")).isVisible();
            page.getByLabel("Why").fill("placed by a test");
            page.getByLabel("Discard what waits behind it as well").check();
            reader.picture("discard");
            button("Discard").click();

            assertThat(row(letter)).isHidden();
        } finally {
            jdbc.execute("alter table orders.placed_order drop constraint discarded");
        }
    }

    @Test
    void rebuildsReadModelsWithProgressAndGoesBack() {
        shop.sells("REBUILT", "1.00", 10);
        String orderId = id(shop.order("REBUILT", "tok_ok", line("REBUILT", 1)));
        jdbc.update("update orders.placed_order set customer_id = 'planted' where order_id = ?::uuid", orderId);
        reader.at("/console/processors");
        Locator card = page.getByRole(
                AriaRole.ARTICLE,
                new Page.GetByRoleOptions().setName("order-view").setExact(true));
        button("Rebuild order-view").click();
        reader.picture("rebuild-dialog");
        button("Rebuild, I switch myself").click();

        assertThat(card.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(card).containsText("What is different in the new read models");
        assertThat(card).containsText(orderId);
        reader.findsInOrder("processors");
        button("Switch to the new read models of order-view").click();
        assertThat(card).containsText("The new read models are read");
        button("Back to the old read models of order-view").click();
        assertThat(card).containsText("the old ones are read");
        button("Drop what is not read of order-view").click();
        button("Drop").click();
        assertThat(card.getByRole(AriaRole.PROGRESSBAR)).isHidden();
        assertThat(button("Rebuild order-view")).isVisible();
        jdbc.update("update orders.placed_order set customer_id = 'customer-1' where order_id = ?::uuid", orderId);
    }

    @Test
    void pausesAProcessorAndHasItGoOn() {
        reader.at("/console/processors");
        Locator card = page.getByRole(
                AriaRole.ARTICLE,
                new Page.GetByRoleOptions().setName("cart-deadlines").setExact(true));

        button("Pause cart-deadlines").click();
        assertThat(card).containsText("Paused");
        button("Resume cart-deadlines").click();
        assertThat(card).containsText("Running");
        button("Split a segment of cart-deadlines").click();
        assertThat(card.locator("tbody tr")).hasCount(2);
        button("Merge segments of cart-deadlines").click();
        assertThat(card.locator("tbody tr")).hasCount(1);
    }

    private Locator row(String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
