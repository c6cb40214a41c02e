package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Page;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockMovement;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.DeliverOrder;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.FindWorkflowSteps;
import io.orderworkflow.api.order.FindWorkflows;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.RequestOrderCancellation;
import io.orderworkflow.api.order.RequestRefund;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowPage;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.MessageHandlerInterceptor;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/**
 * Stands for the other modules: annotated handlers on Axon's local buses, as theirs are. It refuses what they refuse,
 * and lets a test say what else happens on a command or a query.
 */
final class StubBackend {

    static final Instant PLACED_AT = Instant.parse("2026-11-21T10:15:30Z");

    private final QueryUpdateEmitter updates;

    private final Map<Sku, ProductView> products = new ConcurrentHashMap<>();
    private final Map<Sku, StockView> stock = new ConcurrentHashMap<>();
    private final Map<Sku, List<StockMovement>> movements = new ConcurrentHashMap<>();
    private final Map<OrderId, PlaceOrder> placed = new ConcurrentHashMap<>();
    private final Map<OrderId, OrderView> orders = new ConcurrentHashMap<>();
    private final Map<OrderId, OrderTimeline> timelines = new ConcurrentHashMap<>();
    private final Map<OrderId, CancellationPlan> plans = new ConcurrentHashMap<>();
    private final Map<Object, PaymentView> payments = new ConcurrentHashMap<>();

    private final List<Workflow> workflows = new CopyOnWriteArrayList<>();
    private final List<WorkflowSteps.Step> steps = new CopyOnWriteArrayList<>();

    private final List<CommandMessage<?>> commands = new CopyOnWriteArrayList<>();
    private final List<QueryMessage<?, ?>> queries = new CopyOnWriteArrayList<>();
    private volatile Consumer<Object> onCommand = command -> {};
    private volatile Consumer<Object> onQuery = query -> {};
    private volatile boolean catalogueFollows = true;

    StubBackend(QueryUpdateEmitter updates) {
        this.updates = updates;
    }

    void reset() {
        products.clear();
        stock.clear();
        movements.clear();
        placed.clear();
        orders.clear();
        timelines.clear();
        plans.clear();
        payments.clear();
        workflows.clear();
        steps.clear();
        commands.clear();
        queries.clear();
        onCommand = command -> {};
        onQuery = query -> {};
        catalogueFollows = true;
    }

    /** What happens when a command arrives, before it is handled. */
    void onCommand(Consumer<Object> behaviour) {
        onCommand = behaviour;
    }

    /** What happens when a query arrives, before it is answered. */
    void onQuery(Consumer<Object> behaviour) {
        onQuery = behaviour;
    }

    /** Whether a stated product is shown by the catalogue at once. */
    void catalogueFollows(boolean follows) {
        catalogueFollows = follows;
    }

    void show(ProductView product) {
        products.put(product.sku(), product);
        stock.putIfAbsent(product.sku(), new StockView(product.sku(), 0, 0, 0, 0));
        updates.emit(FindProductsBySku.class, query -> query.skus().contains(product.sku()), product);
    }

    void forget(Sku sku) {
        products.remove(sku);
    }

    void show(StockView item) {
        stock.put(item.sku(), item);
    }

    void show(Sku sku, StockMovement movement) {
        movements.computeIfAbsent(sku, any -> new CopyOnWriteArrayList<>()).add(movement);
    }

    void show(OrderView order) {
        showUntold(order);
        updates.emit(FindOrder.class, query -> query.orderId().equals(order.orderId()), order);
    }

    /** The same, but whoever would tell of it has gone. */
    void showUntold(OrderView order) {
        orders.put(order.orderId(), order);
    }

    void show(OrderTimeline timeline) {
        timelines.put(timeline.orderId(), timeline);
    }

    void show(CancellationPlan plan) {
        plans.put(plan.orderId(), plan);
    }

    /** Every command is refused from now on. */
    void refuses(Refusal.Code code, String message) {
        onCommand = command -> {
            throw new CommandRefusedException(code, message);
        };
    }

    void show(Workflow workflow) {
        workflows.add(workflow);
    }

    void show(WorkflowSteps.Step step) {
        steps.add(step);
    }

    void show(PaymentView payment) {
        payments.put(payment.paymentId(), payment);
    }

    /** The order as it is shown right after it was placed. */
    static OrderView view(PlaceOrder order, OrderStatus status, long version) {
        return new OrderView(
                order.orderId(),
                order.customerId(),
                status,
                null,
                order.lines(),
                order.lines().stream()
                        .map(line -> line.unitPrice().times(line.quantity()))
                        .reduce((a, b) -> a.plus(b))
                        .orElseThrow(),
                null,
                null,
                null,
                order.shippingAddress(),
                PLACED_AT,
                status.isSettled() ? PLACED_AT.plusSeconds(1) : null,
                version);
    }

    List<Object> commands() {
        return commands.stream().<Object>map(CommandMessage::getPayload).toList();
    }

    List<Object> queries() {
        return queries.stream().<Object>map(QueryMessage::getPayload).toList();
    }

    List<MetaData> metaData() {
        return Stream.concat(
                        commands.stream().map(CommandMessage::getMetaData),
                        queries.stream().map(QueryMessage::getMetaData))
                .toList();
    }

    @MessageHandlerInterceptor
    void arrived(CommandMessage<?> command) {
        commands.add(command);
        onCommand.accept(command.getPayload());
    }

    @MessageHandlerInterceptor
    void arrived(QueryMessage<?, ?> query) {
        queries.add(query);
        onQuery.accept(query.getPayload());
    }

    private void known(Sku sku) {
        if (!stock.containsKey(sku)) {
            throw new CommandRefusedException(Refusal.Code.UNKNOWN, "There is no product " + sku + ".");
        }
    }

    @CommandHandler
    boolean handle(RegisterProduct command) {
        ProductView before = products.get(command.sku());
        if (catalogueFollows) {
            show(new ProductView(
                    command.sku(),
                    command.name(),
                    command.price(),
                    command.category(),
                    before == null ? 0 : before.version() + 1));
        }
        return before == null;
    }

    @CommandHandler
    void handle(ReceiveStock command) {
        known(command.sku());
        if (command.quantity() == ReceiveStock.MAX_ON_HAND) {
            throw new CommandRefusedException(Refusal.Code.STOCK_LIMIT_EXCEEDED, "That is too much.");
        }
    }

    @CommandHandler
    void handle(AdjustStock command) {
        known(command.sku());
        if (command.delta() < 0) {
            throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "2 pieces are reserved.");
        }
    }

    @CommandHandler
    void handle(SetReorderPoint command) {
        known(command.sku());
    }

    @CommandHandler
    void handle(PlaceOrder command) {
        PlaceOrder before = placed.putIfAbsent(command.orderId(), command);
        if (before != null && !before.requestFingerprint().equals(command.requestFingerprint())) {
            throw new CommandRefusedException(
                    Refusal.Code.IDEMPOTENCY_KEY_REUSED, "This key was used for another order.");
        }
        long currencies = command.lines().stream()
                .map(line -> line.unitPrice().currency())
                .distinct()
                .count();
        if (currencies > 1) {
            throw new CommandRefusedException(
                    Refusal.Code.UNPAYABLE_TOTAL, "The lines are in " + currencies + " currencies.");
        }
    }

    @CommandHandler
    void handle(RequestOrderCancellation command) {}

    @CommandHandler
    void handle(ShipOrder command) {}

    @CommandHandler
    void handle(DeliverOrder command) {}

    @CommandHandler
    void handle(RequestRefund command) {}

    @QueryHandler
    Optional<CancellationPlan> handle(FindCancellationPlan query) {
        return Optional.ofNullable(plans.get(query.orderId()));
    }

    @QueryHandler
    Products handle(FindProductsBySku query) {
        return new Products(query.skus().stream()
                .filter(products::containsKey)
                .map(products::get)
                .toList());
    }

    @QueryHandler
    ProductPage handle(FindProducts query) {
        return new ProductPage(List.copyOf(products.values()), Page.of(query.page(), query.size(), products.size()));
    }

    @QueryHandler
    StockPage handle(FindStock query) {
        return new StockPage(List.copyOf(stock.values()), Page.of(query.page(), query.size(), stock.size()));
    }

    @QueryHandler
    Optional<StockView> handle(FindStockItem query) {
        return Optional.ofNullable(stock.get(query.sku()));
    }

    @QueryHandler
    StockMovementPage handle(FindStockMovements query) {
        List<StockMovement> found = movements.getOrDefault(query.sku(), List.of());
        return new StockMovementPage(found, Page.of(query.page(), query.size(), found.size()));
    }

    @QueryHandler
    Optional<OrderView> handle(FindOrder query) {
        return Optional.ofNullable(orders.get(query.orderId()));
    }

    @QueryHandler
    OrderPage handle(FindOrders query) {
        return new OrderPage(List.copyOf(orders.values()), Page.of(query.page(), query.size(), orders.size()));
    }

    @QueryHandler
    OrderTimeline handle(FindOrderTimeline query) {
        return timelines.getOrDefault(query.orderId(), new OrderTimeline(query.orderId(), List.of()));
    }

    @QueryHandler
    WorkflowSteps handle(FindWorkflowSteps query) {
        return new WorkflowSteps(query.orderId(), steps, workflowsOf(query.orderId()));
    }

    @QueryHandler
    WorkflowPage handle(FindWorkflows query) {
        List<Workflow> found = query.orderId() == null ? workflows : workflowsOf(query.orderId());
        return new WorkflowPage(found, Page.of(query.page(), query.size(), found.size()));
    }

    private List<Workflow> workflowsOf(OrderId orderId) {
        return workflows.stream()
                .filter(workflow -> workflow.orderId().equals(orderId))
                .toList();
    }

    @CommandHandler
    void handle(NudgeOrder command) {}

    @CommandHandler
    void handle(NudgeRefund command) {}

    @QueryHandler
    Optional<PaymentView> handle(FindPayment query) {
        return Optional.ofNullable(payments.get(query.paymentId()));
    }
}
