package io.orderworkflow.console;

import static io.orderworkflow.console.SampleOrders.order;
import static io.orderworkflow.console.SampleOrders.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class OrdersControllerTest extends PageTest {

    @BeforeEach
    void nothingIsStuck() {
        answers.to(FindWorkflows.class, WorkflowPage.class, query -> new WorkflowPage(List.of(), Page.of(0, 200, 0)));
    }

    private void shows(OrderView... orders) {
        answers.to(
                FindOrders.class,
                OrderPage.class,
                query -> new OrderPage(List.of(orders), Page.of(query.page(), query.size(), orders.length)));
    }

    @Test
    void listsOrdersWithWhereTheyStand() {
        shows(order(1, OrderStatus.CONFIRMED), order(2, OrderStatus.REJECTED));

        String page = page("/console/orders");

        assertThat(page)
                .contains("<title>Orders · Order workflow</title>")
                .contains("href=\"/console/orders/" + orderId(1) + "\"")
                .contains("customer-1", "19.80 EUR", "paid and set aside; ready to be shipped")
                .contains("the card was declined")
                .contains("data-at=\"2026-11-21T18:43:53.120Z\"", "title=\"2026-11-21 18:43:53 UTC\"");
    }

    @Test
    void marksThoseThatAreStuck() {
        shows(order(1, OrderStatus.RESERVED));
        answers.to(
                FindWorkflows.class,
                WorkflowPage.class,
                query -> new WorkflowPage(List.of(stuck()), Page.of(0, 200, 1)));

        assertThat(page("/console/orders"))
                .contains("Stuck")
                .contains("waits for the payment&#39;s authorisation: the provider is silent");
    }

    private static Workflow stuck() {
        return new Workflow(
                orderId(1),
                null,
                "AUTHORIZATION",
                "the payment's authorisation",
                Instant.EPOCH,
                null,
                3,
                true,
                false,
                true,
                "the provider is silent");
    }

    @Test
    void isShownWithoutKnowingWhatIsStuck() {
        shows(order(1, OrderStatus.CONFIRMED));
        answers.to(FindWorkflows.class, WorkflowPage.class, query -> {
            throw new IllegalStateException("away");
        });

        assertThat(page("/console/orders")).contains("customer-1");
    }

    @Test
    void filtersAsTheAddressSays() {
        shows();

        page(
                "/console/orders?status=PLACED&status=RESERVED&customerId=customer-7&from=2026-11-21T18:00&sort=total,desc&page=2");

        assertThat(answers.asked(FindOrders.class))
                .containsExactly(new FindOrders(
                        Set.of(OrderStatus.PLACED, OrderStatus.RESERVED),
                        new CustomerId("customer-7"),
                        null,
                        Instant.parse("2026-11-21T18:00:00Z"),
                        null,
                        2,
                        50,
                        new Sort("total", true)));
    }

    @Test
    void saysWhatIsWrongBesideTheFieldAndKeepsWhatWasTyped() {
        shows();

        assertThat(page("/console/orders?customerId=not%20one!"))
                .contains("value=\"not one!\"")
                .contains("aria-invalid=\"true\"", "aria-describedby=\"filter-customerId-error\"")
                .containsPattern("id=\"filter-customerId-error\">must be 1 to 64");
    }

    @Test
    void keepsTheFilterFromPageToPage() {
        answers.to(
                FindOrders.class,
                OrderPage.class,
                query ->
                        new OrderPage(List.of(order(1, OrderStatus.PLACED)), Page.of(query.page(), query.size(), 120)));

        assertThat(page("/console/orders?status=PLACED&status=RESERVED&customerId=a%26b&page=1"))
                .contains("href=\"/console/orders?status=PLACED&amp;status=RESERVED&amp;customerId=a%26b&amp;page=2\"")
                .contains("href=\"/console/orders?status=PLACED&amp;status=RESERVED&amp;customerId=a%26b\"");
    }

    @Test
    void answersAScriptWithTheOnePartThatItAsksFor() {
        shows(order(1, OrderStatus.CONFIRMED));

        assertThat(part("orders", "/console/orders").strip())
                .startsWith("<section id=\"orders\"")
                .endsWith("</section>");
    }

    @Test
    void waitsForWhatTheReaderHasJustDone() {
        shows();
        answers.to(FindReadModelProgress.class, ReadModelProgress.class, query -> new ReadModelProgress(true));

        mvc.get()
                .uri("/console/orders")
                .cookie(new Cookie(Visit.COOKIE, "1.42"))
                .exchange();

        assertThat(answers.asked(FindReadModelProgress.class))
                .containsExactly(new FindReadModelProgress(ReadModel.ORDERS, 42, 200));
    }

    @Test
    void saysInWordsThatItCannotBeShown() {
        answers.to(FindOrders.class, OrderPage.class, query -> {
            throw new IllegalStateException("the database is away");
        });

        MvcTestResult shown = mvc.get().uri("/console/orders").exchange();

        assertThat(shown).hasStatus(503);
        assertThat(text(shown)).contains("did not answer in time").doesNotContain("database", "Exception");
    }

    @Test
    void saysInWordsThatItCannotBeWrittenToItsEnd() {
        MvcTestResult shown = mvc.get()
                .uri(UnfinishedPage.ADDRESS)
                .header("HX-Request", "true")
                .exchange();

        assertThat(shown).hasStatus(500).hasHeader("Content-Security-Policy", PageInterceptor.POLICY);
        assertThat(text(shown))
                .containsOnlyOnce("<html")
                .contains("Something went wrong", "The page could not be made.")
                .doesNotContain("Exception");
    }

    @Test
    void allowsNoScriptButItsOwn() {
        shows();

        assertThat(mvc.get().uri("/console/orders").exchange())
                .hasHeader("Content-Security-Policy", PageInterceptor.POLICY);
    }

    @Test
    void tellsWhoWentAstraySo() {
        MvcTestResult shown = mvc.get().uri("/console/nowhere").exchange();

        assertThat(shown).hasStatus(404);
        assertThat(text(shown)).contains("There is no such page");
    }

    @Test
    void leadsFromTheEntranceToTheConsole() {
        assertThat(mvc.get().uri("/").exchange()).hasStatus(302).hasRedirectedUrl("/console");
    }
}
