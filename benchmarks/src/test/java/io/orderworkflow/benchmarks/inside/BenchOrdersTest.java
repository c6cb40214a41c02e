package io.orderworkflow.benchmarks.inside;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.order.PlaceOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchOrdersTest {

    private static final int SKUS = 50;

    private final BenchOrders orders = new BenchOrders(SKUS);

    @Test
    void areTheSameForEveryRun() {
        assertThat(orders.take(100)).isEqualTo(new BenchOrders(SKUS).take(100));
    }

    @Test
    void areOfTwoProducts() {
        assertThat(orders.take(500))
                .allSatisfy(order -> assertThat(order.lines())
                        .hasSize(2)
                        .extracting(line -> line.sku())
                        .doesNotHaveDuplicates());
    }

    @Test
    void areDeclinedOneInTwenty() {
        List<PlaceOrder> taken = orders.take(200);

        assertThat(taken)
                .filteredOn(order -> order.payment().token().equals(InstantProvider.DECLINED))
                .hasSize(10);
        assertThat(orders.declined()).isEqualTo(10);
        assertThat(orders.taken()).isEqualTo(200);
    }

    @Test
    void tellWhatHasToBeLeft() {
        long sold = orders.take(200).stream()
                .filter(order -> !order.payment().token().equals(InstantProvider.DECLINED))
                .flatMap(order -> order.lines().stream())
                .mapToLong(line -> line.quantity())
                .sum();

        assertThat(IntStream.range(0, SKUS).mapToLong(orders::left).sum()).isEqualTo(SKUS * BenchOrders.STOCK - sold);
    }
}
