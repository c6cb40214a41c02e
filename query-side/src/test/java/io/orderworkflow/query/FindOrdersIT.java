package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.payment.PaymentRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuerySideTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindOrdersIT {

    /** So long ago that no other test's orders were placed in that year. */
    private static final Instant BEGINNING = Instant.parse("2001-01-01T00:00:00Z");

    private static final Instant END = BEGINNING.plus(Duration.ofDays(365));

    private static final SampleOrder FIRST =
            order("first").by("find-c").of("FIND-1", 1).at(eur("30"));
    private static final SampleOrder SECOND = order("second")
            .by("find-a")
            .of("FIND-1", 1)
            .at(eur("10"))
            .of("FIND-2", 1)
            .at(eur("1"));
    private static final SampleOrder THIRD =
            order("third").by("find-b").of("FIND-2", 1).at(eur("20"));
    private static final SampleOrder FOURTH =
            order("fourth").by("find-a").of("FIND-3", 4).at(eur("10"));

    private final History history;
    private final QueryGateway queries;

    FindOrdersIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    private static SampleOrder order(String key) {
        return anOrder().withKey("find-" + key);
    }

    /** A day apart each: confirmed, rejected, reserved, placed. */
    @BeforeAll
    void placeOrders() {
        history.happensAt(BEGINNING, FIRST.placed());
        history.happensAt(day(1), SECOND.placed());
        history.happensAt(day(2), THIRD.placed());
        history.happensAt(day(3), FOURTH.placed());
        history.happensAt(day(4), new OrderConfirmed(FIRST.orderId()));
        history.happensAt(
                day(2),
                new OrderRejected(
                        SECOND.orderId(),
                        new RejectionReason(RejectionReason.Code.STOCK_TIMEOUT, "took too long", List.of())),
                new PaymentRequested(
                        PaymentId.forOrder(THIRD.orderId()), THIRD.orderId(), THIRD.total(), "card", "tok_ok"));
    }

    private static Instant day(int number) {
        return BEGINNING.plus(Duration.ofDays(number));
    }

    @Test
    void beginsWithTheNewest() {
        assertThat(found(all())).containsExactly(FOURTH, THIRD, SECOND, FIRST);
    }

    @ParameterizedTest
    @CsvSource({
        "placedAt, first second third fourth",
        "status, fourth third first second",
        "customerId, second fourth third first",
        "total, second third first fourth",
    })
    void sortsInBothDirections(String property, String keys) {
        List<SampleOrder> ascending =
                List.of(keys.split(" ")).stream().map(FindOrdersIT::sample).toList();

        assertThat(found(sorted(property, false))).containsExactlyElementsOf(ascending);
        assertThat(found(sorted(property, true)))
                .containsExactlyElementsOf(ascending.stream()
                        .sorted((one, other) -> ascending.indexOf(other) - ascending.indexOf(one))
                        .toList());
    }

    private static SampleOrder sample(String key) {
        return switch (key) {
            case "first" -> FIRST;
            case "second" -> SECOND;
            case "third" -> THIRD;
            default -> FOURTH;
        };
    }

    @Test
    void sortsBySettlementWithWhatIsNotSettledAsTheLatest() {
        assertThat(found(sorted("settledAt", false))).startsWith(SECOND, FIRST).hasSize(4);
        assertThat(found(sorted("settledAt", true))).endsWith(FIRST, SECOND).hasSize(4);
    }

    @Test
    void refusesToSortByAnythingElse() {
        assertThatThrownBy(() -> found(sorted("lines", false)))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("cannot be sorted by lines");
    }

    @Test
    void filtersByStatus() {
        assertThat(found(withStatus(OrderStatus.CONFIRMED))).containsExactly(FIRST);
        assertThat(found(withStatus(OrderStatus.RESERVED, OrderStatus.PLACED))).containsExactly(FOURTH, THIRD);
        assertThat(found(withStatus(OrderStatus.CANCELLED))).isEmpty();
    }

    @Test
    void filtersByCustomer() {
        assertThat(found(by("find-a"))).containsExactly(FOURTH, SECOND);
        assertThat(found(by("nobody"))).isEmpty();
    }

    @Test
    void filtersByProduct() {
        assertThat(found(with("FIND-1"))).containsExactly(SECOND, FIRST);
        assertThat(found(with("FIND-2"))).containsExactly(THIRD, SECOND);
        assertThat(found(with("FIND"))).isEmpty();
    }

    @Test
    void filtersByTimeWithTheFirstInstantInAndTheLastOut() {
        assertThat(found(query(Set.of(), null, null, day(1), day(3), 0, 20, Sort.NATURAL)))
                .containsExactly(THIRD, SECOND);
        assertThat(found(query(Set.of(), null, null, null, day(1), 0, 20, Sort.NATURAL)))
                .containsExactly(FIRST);
    }

    @Test
    void combinesFilters() {
        FindOrders query = query(
                Set.of(OrderStatus.REJECTED, OrderStatus.PLACED),
                new CustomerId("find-a"),
                new Sku("FIND-2"),
                BEGINNING,
                END,
                0,
                20,
                new Sort("total", true));

        assertThat(found(query)).containsExactly(SECOND);
    }

    @Test
    void answersPages() {
        OrderPage second = find(query(Set.of(), null, null, BEGINNING, END, 1, 3, Sort.NATURAL));

        assertThat(second.items()).extracting(OrderView::orderId).containsExactly(FIRST.orderId());
        assertThat(second.page()).isEqualTo(new Page(1, 3, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1_000_000, Integer.MAX_VALUE})
    void answersAPageBehindTheLastOneWithNothing(int number) {
        OrderPage behind = find(query(Set.of(), null, null, BEGINNING, END, number, 200, Sort.NATURAL));

        assertThat(behind.items()).isEmpty();
        assertThat(behind.page()).isEqualTo(new Page(number, 200, 4, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"placedAt", "settledAt", "status", "customerId", "total"})
    void showsEqualsOnOnePageEach(String property) {
        Instant then = Instant.parse("2002-02-02T00:00:00Z");
        String customer = "equals-" + property;
        history.happensAt(
                then,
                IntStream.range(0, 7)
                        .mapToObj(index -> order(customer + index)
                                .by(customer)
                                .of("EQUAL", 1)
                                .placed())
                        .toArray());

        assertThat(IntStream.range(0, 4)
                        .mapToObj(page -> find(query(
                                Set.of(),
                                new CustomerId(customer),
                                null,
                                null,
                                null,
                                page,
                                2,
                                new Sort(property, false))))
                        .flatMap(page -> page.items().stream())
                        .map(OrderView::orderId))
                .hasSize(7)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "false, ''", "true, CONFIRMED PLACED", "false, CONFIRMED PLACED", "true, PLACED"})
    void findsWhatIsFarBehind(boolean newestFirst, String status) {
        List<OrderId> placed = manyOrders();
        Set<OrderStatus> statuses = Arrays.stream(status.split(" "))
                .filter(name -> !name.isEmpty())
                .map(OrderStatus::valueOf)
                .collect(Collectors.toSet());
        List<OrderId> expected = IntStream.range(0, placed.size())
                .filter(index -> statuses.isEmpty()
                        || statuses.contains(isConfirmed(index) ? OrderStatus.CONFIRMED : OrderStatus.PLACED))
                // The first and the last hour are not asked for as a whole.
                .filter(index -> index >= 10 && index < placed.size() - 10)
                .mapToObj(placed::get)
                .toList();

        List<OrderPage> pages = IntStream.range(0, (expected.size() + 199) / 200 + 1)
                .mapToObj(page -> find(query(
                        statuses,
                        null,
                        null,
                        minute(10),
                        minute(placed.size() - 10),
                        page,
                        200,
                        new Sort("placedAt", newestFirst))))
                .toList();

        List<OrderId> found = new ArrayList<>(pages.stream()
                .flatMap(page -> page.items().stream())
                .map(OrderView::orderId)
                .toList());
        if (newestFirst) {
            Collections.reverse(found);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(pages)
                .allSatisfy(page -> assertThat(page.page().totalItems()).isEqualTo(expected.size()));
    }

    /** One a minute, for more than a day; every second one is confirmed. */
    private List<OrderId> manyOrders() {
        List<SampleOrder> orders = IntStream.range(0, 1_500)
                .mapToObj(index -> order("many-" + index).by("many").of("MANY", 1))
                .toList();
        if (find(query(Set.of(), new CustomerId("many"), null, null, null, 0, 1, Sort.NATURAL))
                        .page()
                        .totalItems()
                == 0) {
            List<EventMessage<?>> events = new ArrayList<>();
            for (int index = 0; index < orders.size(); index++) {
                events.add(history.event(orders.get(index).placed(), minute(index)));
                if (isConfirmed(index)) {
                    events.add(
                            history.event(new OrderConfirmed(orders.get(index).orderId()), minute(index)));
                }
            }
            history.publish(events);
            history.awaitProjections();
        }
        return orders.stream().map(SampleOrder::orderId).toList();
    }

    private static boolean isConfirmed(int index) {
        return index % 2 == 0;
    }

    private static Instant minute(int number) {
        return Instant.parse("2004-04-04T04:04:00Z").plus(Duration.ofMinutes(number));
    }

    private static FindOrders all() {
        return query(Set.of(), null, null, BEGINNING, END, 0, 20, Sort.NATURAL);
    }

    private static FindOrders sorted(String property, boolean descending) {
        return query(Set.of(), null, null, BEGINNING, END, 0, 20, new Sort(property, descending));
    }

    private static FindOrders withStatus(OrderStatus... status) {
        return query(Set.of(status), null, null, BEGINNING, END, 0, 20, Sort.NATURAL);
    }

    private static FindOrders by(String customer) {
        return query(Set.of(), new CustomerId(customer), null, null, null, 0, 20, Sort.NATURAL);
    }

    private static FindOrders with(String sku) {
        return query(Set.of(), null, new Sku(sku), null, null, 0, 20, Sort.NATURAL);
    }

    private static FindOrders query(
            Set<OrderStatus> status,
            @Nullable CustomerId customerId,
            @Nullable Sku sku,
            @Nullable Instant from,
            @Nullable Instant to,
            int page,
            int size,
            Sort sort) {
        return new FindOrders(status, customerId, sku, from, to, page, size, sort);
    }

    private List<SampleOrder> found(FindOrders query) {
        return find(query).items().stream()
                .map(view -> List.of(FIRST, SECOND, THIRD, FOURTH).stream()
                        .filter(order -> order.orderId().equals(view.orderId()))
                        .findAny()
                        .orElseThrow())
                .toList();
    }

    private OrderPage find(FindOrders query) {
        return queries.query(query, OrderPage.class).join();
    }
}
