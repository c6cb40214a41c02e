package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.FindSales;
import io.orderworkflow.api.order.FindSales.Grouping;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.SalesReport;
import io.orderworkflow.api.order.SalesReport.Item;
import java.time.Instant;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@QuerySideTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SalesReaderIT {

    /** So long ago that no other test's orders were placed then. */
    private static final Instant MONDAY = Instant.parse("2005-05-02T23:10:00Z");

    private static final Instant TUESDAY = Instant.parse("2005-05-03T00:20:00Z");
    private static final Instant LATER = Instant.parse("2005-05-03T00:40:00Z");
    private static final Instant END = Instant.parse("2005-05-04T00:00:00Z");

    private static final SampleOrder FIRST =
            order("first").of("SOLD-1", 2).at(eur("0.10")).of("SOLD-2", 1).at(eur("5"));
    private static final SampleOrder SECOND = order("second").of("SOLD-1", 3).at(eur("0.30"));
    private static final SampleOrder CANCELLED =
            order("cancelled").of("SOLD-1", 1).at(eur("7"));
    private static final SampleOrder OPEN = order("open").of("SOLD-2", 1).at(eur("9"));

    private final History history;
    private final QueryGateway queries;

    SalesReaderIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    private static SampleOrder order(String key) {
        return anOrder().withKey("sold-" + key);
    }

    @BeforeAll
    void sell() {
        history.happensAt(MONDAY, FIRST.placed(), CANCELLED.placed());
        history.happensAt(TUESDAY, SECOND.placed());
        history.happensAt(LATER, OPEN.placed());
        history.happensAt(
                LATER,
                new OrderConfirmed(FIRST.orderId()),
                new OrderConfirmed(SECOND.orderId()),
                new OrderConfirmed(CANCELLED.orderId()));
        history.happensAt(LATER, new OrderCancelled(CANCELLED.orderId(), "changed their mind"));
    }

    @Test
    void addsUpByTheDayOfPlacing() {
        assertThat(sales(MONDAY, END, Grouping.DAY))
                .containsExactly(
                        new Item("2005-05-02", 1, null, eur("5.20")), new Item("2005-05-03", 1, null, eur("0.90")));
    }

    @Test
    void leavesOutWhatWasPlacedEarlierOrLater() {
        assertThat(sales(MONDAY.plusNanos(1_000), TUESDAY, Grouping.DAY)).isEmpty();
        assertThat(sales(MONDAY.plusNanos(1_000), TUESDAY.plusNanos(1_000), Grouping.DAY))
                .containsExactly(new Item("2005-05-03", 1, null, eur("0.90")));
    }

    @Test
    void addsUpByProduct() {
        assertThat(sales(MONDAY, END, Grouping.SKU))
                .containsExactly(new Item("SOLD-1", 2, 5L, eur("1.10")), new Item("SOLD-2", 1, 1L, eur("5.00")));
    }

    @Test
    void tellsOfEveryOrderByStatus() {
        assertThat(sales(MONDAY, END, Grouping.STATUS))
                .containsExactlyInAnyOrder(
                        new Item("PLACED", 1, null, eur("9")),
                        new Item("CONFIRMED", 2, null, eur("6.10")),
                        new Item("CANCELLED", 1, null, eur("7")));
    }

    private List<Item> sales(Instant from, Instant to, Grouping by) {
        SalesReport report =
                queries.query(new FindSales(from, to, by), SalesReport.class).join();
        assertThat(report.complete()).isTrue();
        return report.items();
    }
}
