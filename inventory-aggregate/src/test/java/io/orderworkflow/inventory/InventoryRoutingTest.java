package io.orderworkflow.inventory;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.ChangeProductPrice;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.ProductCommand;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.inventory.StockCommand;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The identifier of the aggregate is a default method of the commands' interface; Axon must find it on the records. */
class InventoryRoutingTest {

    private static final Sku SKU = new Sku("SKU-1");

    @ParameterizedTest
    @MethodSource("productCommands")
    void leadsToProduct(ProductCommand command) {
        assertThat(targetOf(command)).isEqualTo("product:SKU-1");
        assertThat(routingKeyOf(command)).isEqualTo("product:SKU-1");
    }

    @ParameterizedTest
    @MethodSource("stockCommands")
    void leadsToStockItem(StockCommand command) {
        assertThat(targetOf(command)).isEqualTo("stock:SKU-1");
        assertThat(routingKeyOf(command)).isEqualTo("stock:SKU-1");
    }

    @Test
    void coversAllCommands() {
        assertThat(classesOf(productCommands()))
                .containsExactlyInAnyOrder(ProductCommand.class.getPermittedSubclasses());
        assertThat(classesOf(stockCommands())).containsExactlyInAnyOrder(StockCommand.class.getPermittedSubclasses());
    }

    private static Stream<ProductCommand> productCommands() {
        return Stream.of(
                new RegisterProduct(SKU, "Teapot", eur("19.90"), null), new ChangeProductPrice(SKU, eur("24.00")));
    }

    private static Stream<StockCommand> stockCommands() {
        return Stream.of(
                new ReceiveStock(SKU, 1, null),
                new AdjustStock(SKU, 1, "found"),
                new SetReorderPoint(SKU, 1),
                new ReserveStock(SKU, orderId("a"), 1),
                new ReleaseStock(SKU, orderId("a")),
                new DebitStock(SKU, orderId("a")),
                new RestockReturned(SKU, orderId("a"), 1, orderId("a").value()));
    }

    private static Set<Class<?>> classesOf(Stream<?> commands) {
        return commands.map(Object::getClass).collect(Collectors.toSet());
    }

    private static String targetOf(Object command) {
        return AnnotationCommandTargetResolver.builder()
                .build()
                .resolveTarget(message(command))
                .getIdentifier();
    }

    private static String routingKeyOf(Object command) {
        return AnnotationRoutingStrategy.defaultStrategy().getRoutingKey(message(command));
    }

    private static CommandMessage<Object> message(Object command) {
        return GenericCommandMessage.asCommandMessage(command);
    }
}
