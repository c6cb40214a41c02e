package io.orderworkflow.payment.demo;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Page;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoDriverIT {

    private static PaymentDatabase database;

    private final SimpleCommandBus commands = SimpleCommandBus.builder().build();
    private final SimpleQueryBus queries = SimpleQueryBus.builder().build();
    private final List<PlaceOrder> placed = new CopyOnWriteArrayList<>();
    private final List<ReceiveStock> received = new CopyOnWriteArrayList<>();
    private volatile List<ProductView> catalogue = List.of(
            new ProductView(new Sku("MUG"), "Mug", eur("9.50"), null, 0),
            new ProductView(new Sku("LAMP"), "Lamp", eur("79.00"), null, 0));
    private DemoDriver driver;

    @BeforeAll
    static void createDatabase() {
        database = new PaymentDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        database.jdbc().execute("truncate demo_run");
        commands.subscribe(PlaceOrder.class.getName(), order -> placed.add((PlaceOrder) order.getPayload()));
        commands.subscribe(ReceiveStock.class.getName(), order -> received.add((ReceiveStock) order.getPayload()));
        queries.subscribe(
                FindProducts.class.getName(),
                ProductPage.class,
                question -> new ProductPage(catalogue, Page.of(0, Page.MAX_SIZE, catalogue.size())));
        driver = driver();
    }

    private DemoDriver driver() {
        DefaultCommandGateway gateway =
                DefaultCommandGateway.builder().commandBus(commands).build();
        DefaultQueryGateway asking =
                DefaultQueryGateway.builder().queryBus(queries).build();
        DemoDriver started = new DemoDriver(
                new DemoRunTable(database.jdbc(), database.transactionManager()),
                new DemoShopper(() -> gateway, () -> asking));
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        driver.stop();
    }

    @Test
    void placesOrdersOfTheCatalogueAtTheRateAndForTheTime() {
        driver.handle(new StartDemoOrders(40, 2));

        await().atMost(Duration.ofSeconds(20)).until(() -> !state().running());
        assertThat(placed).hasSize(80);
        assertThat(placed).extracting(PlaceOrder::orderId).doesNotHaveDuplicates();
        assertThat(placed)
                .allSatisfy(order -> assertThat(order.lines())
                        .extracting(line -> line.sku().value())
                        .isSubsetOf("MUG", "LAMP"));
        assertThat(placed)
                .extracting(order -> order.payment().token())
                .contains("tok_ok")
                .hasSizeGreaterThan(1);
        DemoOrders state = state();
        assertThat(state.placed()).isEqualTo(80);
        assertThat(state.failed()).isZero();
        assertThat(state.endedAt()).isNotNull();
        assertThat(state.actualPerSecond()).isBetween(10.0, 45.0);
    }

    @Test
    void hasDeliveredAgainWhatItBuys() {
        driver.handle(new StartDemoOrders(50, null));

        await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        assertThat(received.get(0).quantity()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void goesOnUntilItIsStopped() {
        driver.handle(new StartDemoOrders(50, null));
        await().until(() -> placed.size() > 5);
        assertThat(state().running()).isTrue();

        driver.handle(new StopDemoOrders());

        assertThat(state().running()).isFalse();
        await().until(() -> state().placed() == placed.size() && !placed.isEmpty());
        int atTheEnd = placed.size();
        await().during(Duration.ofMillis(500)).until(() -> placed.size() == atTheEnd);
    }

    @Test
    void runsOnceAtATimeWhoeverStartedIt() {
        driver.handle(new StartDemoOrders(1, null));

        DemoDriver another = driver();
        try {
            assertThatThrownBy(() -> another.handle(new StartDemoOrders(2, null)))
                    .isInstanceOfSatisfying(
                            CommandRefusedException.class,
                            refused -> assertThat(refused.<Refusal>getDetails())
                                    .map(Refusal::code)
                                    .contains(Refusal.Code.DEMO_ORDERS_RUNNING));
            assertThat(another.handle(new FindDemoOrders()).running()).isTrue();
            another.handle(new StopDemoOrders());
            another.handle(new StartDemoOrders(2, null));
            assertThat(state().perSecond()).isEqualTo(2);
        } finally {
            another.stop();
        }
    }

    @Test
    void endsWithTheProgram() {
        driver.handle(new StartDemoOrders(1, null));

        driver.stop();

        assertThat(state().running()).isFalse();
    }

    @Test
    void hasEndedWithTheProgramThatRanIt() {
        driver.handle(new StartDemoOrders(1, null));
        database.jdbc().update("update demo_run set alive_at = now() - interval '6 seconds'");

        assertThat(state().running()).isFalse();
        assertThat(state().endedAt()).isNotNull();
    }

    @Test
    void tellsWhyNoOrderCouldBePlaced() {
        catalogue = List.of();
        driver.handle(new StartDemoOrders(50, 1));

        await().atMost(Duration.ofSeconds(20)).until(() -> !state().running());
        assertThat(state().failed()).isEqualTo(50);
        assertThat(state().lastFailure()).contains("nothing to order");
        assertThat(placed).isEmpty();
    }

    @Test
    void hasNothingToTellBeforeItWasEverStarted() {
        assertThat(state()).isEqualTo(new DemoOrders(true, false, null, null, null, null, 0, 0, 0, null));
    }

    private DemoOrders state() {
        return driver.handle(new FindDemoOrders());
    }
}
