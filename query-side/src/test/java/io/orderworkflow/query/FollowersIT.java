package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@QuerySideTest
class FollowersIT {

    /** As long as projections are waited for: on a busy machine they may take their time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final AtomicInteger ORDERS = new AtomicInteger();

    private final History history;
    private final QueryGateway queries;
    private final EntityManagerFactory entities;
    private final List<SubscriptionQueryResult<?, ?>> subscriptions = new ArrayList<>();
    private final SampleOrder order =
            anOrder().withKey("followers-" + ORDERS.incrementAndGet()).of("SKU-1", 1);
    private final PaymentId paymentId = PaymentId.forOrder(order.orderId());

    FollowersIT(History history, QueryGateway queries, EntityManagerFactory entities) {
        this.entities = entities;
        this.history = history;
        this.queries = queries;
    }

    @AfterEach
    void stopFollowing() {
        subscriptions.forEach(SubscriptionQueryResult::close);
    }

    @Test
    void areToldOfEveryChangeOfAnOrderOnceItCanBeRead() {
        List<OrderView> told = follow(order);

        history.happens(order.placed());
        history.happens(new PaymentRequested(paymentId, order.orderId(), order.total(), "card", "tok_ok"));
        history.happens(new PaymentAuthorized(paymentId, order.orderId(), "reference", List.of()));
        history.happens(new OrderConfirmed(order.orderId()));

        assertThat(told)
                .extracting(OrderView::status)
                .containsExactly(OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.RESERVED, OrderStatus.CONFIRMED);
        assertThat(told.get(2).payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.AUTHORIZED));
        assertThat(told.get(3)).isEqualTo(find(order).orElseThrow());
    }

    @Test
    void areToldOfTheirOrderOnly() {
        SampleOrder other = order.withKey("followers-other-" + ORDERS.incrementAndGet());
        List<OrderView> told = follow(order);

        history.happens(other.placed(), order.placed(), new OrderConfirmed(other.orderId()));

        assertThat(told).isNotEmpty().allMatch(view -> view.orderId().equals(order.orderId()));
    }

    @Test
    void areToldOfEveryChangeOfTheirProducts() {
        Sku followed = new Sku("followed-" + ORDERS.incrementAndGet());
        Sku other = new Sku("not-followed-" + ORDERS.incrementAndGet());
        SubscriptionQueryResult<Products, ProductView> subscription =
                queries.subscriptionQuery(new FindProductsBySku(Set.of(followed)), Products.class, ProductView.class);
        List<ProductView> told = listen(subscription);

        history.happens(registered(followed), registered(other));
        history.happens(new ProductPriceChanged(followed, eur("1"), eur("2")));

        assertThat(told)
                .containsExactly(
                        new ProductView(followed, "Lamp", eur("1"), null, 0),
                        new ProductView(followed, "Lamp", eur("2"), null, 1));
    }

    @Test
    void areNotToldOfThePastWhenItIsReplayed() {
        history.happens(order.placed(), new OrderConfirmed(order.orderId()));
        List<OrderView> told = follow(order);

        history.isReplayed();

        assertThat(told).isEmpty();
        assertThat(find(order)).map(OrderView::status).contains(OrderStatus.CONFIRMED);
    }

    @Test
    void missNothingThoughTheyBeginToFollowJustWhenItHappens() {
        for (int i = 0; i < 20; i++) {
            SampleOrder racing = order.withKey("followers-racing-" + ORDERS.incrementAndGet());
            history.happens(racing.placed());
            CompletableFuture<List<OrderStatus>> seen =
                    CompletableFuture.supplyAsync(() -> statusesUntilConfirmed(racing));

            history.happens(new OrderConfirmed(racing.orderId()));

            assertThat(seen).succeedsWithin(LONGEST_WAIT).asInstanceOf(LIST).endsWith(OrderStatus.CONFIRMED);
        }
    }

    private List<OrderStatus> statusesUntilConfirmed(SampleOrder followed) {
        SubscriptionQueryResult<Optional<OrderView>, OrderView> subscription = queries.subscriptionQuery(
                new FindOrder(followed.orderId()),
                ResponseTypes.optionalInstanceOf(OrderView.class),
                ResponseTypes.instanceOf(OrderView.class));
        try {
            return requireNonNull(
                    Flux.concat(subscription.initialResult().flatMap(Mono::justOrEmpty), subscription.updates())
                            .map(OrderView::status)
                            .takeUntil(OrderStatus.CONFIRMED::equals)
                            .collectList()
                            .block(LONGEST_WAIT));
        } finally {
            subscription.close();
        }
    }

    @Test
    void areTheOnlyReasonToReadOrdersAndProducts() {
        SampleOrder other = order.withKey("followers-other-" + ORDERS.incrementAndGet());
        Sku sku = new Sku("followed-" + ORDERS.incrementAndGet());
        Sku otherSku = new Sku("not-followed-" + ORDERS.incrementAndGet());
        follow(order);
        listen(queries.subscriptionQuery(new FindProductsBySku(Set.of(sku)), Products.class, ProductView.class));
        find(order);
        Statistics statistics = statisticsFromHere();

        history.happens(other.placed(), new OrderConfirmed(other.orderId()), registered(otherSku));
        assertThat(statistics.getPrepareStatementCount()).isZero();

        history.happens(order.placed(), registered(sku));
        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
    }

    @Test
    void costNoQueryThatIsInterpretedAnewForEachNumberOfThem() {
        find(order);
        Set<Sku> skus = new HashSet<>();
        queries.query(new FindProductsBySku(skus), Products.class).join();
        Statistics statistics = statisticsFromHere();

        for (int i = 0; i < 5; i++) {
            skus.add(new Sku("followed-" + i));
            queries.query(new FindProductsBySku(Set.copyOf(skus)), Products.class)
                    .join();
        }

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(5);
        assertThat(statistics.getQueryPlanCacheMissCount()).isZero();
    }

    private Statistics statisticsFromHere() {
        Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        return statistics;
    }

    private static ProductRegistered registered(Sku sku) {
        return new ProductRegistered(sku, "Lamp", eur("1"), null);
    }

    private List<OrderView> follow(SampleOrder followed) {
        return listen(queries.subscriptionQuery(
                new FindOrder(followed.orderId()),
                ResponseTypes.optionalInstanceOf(OrderView.class),
                ResponseTypes.instanceOf(OrderView.class)));
    }

    private <U> List<U> listen(SubscriptionQueryResult<?, U> subscription) {
        subscriptions.add(subscription);
        List<U> told = new CopyOnWriteArrayList<>();
        subscription.updates().subscribe(told::add);
        return told;
    }

    private Optional<OrderView> find(SampleOrder found) {
        return queries.query(new FindOrder(found.orderId()), ResponseTypes.optionalInstanceOf(OrderView.class))
                .join();
    }
}
