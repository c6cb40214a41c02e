package io.orderworkflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.benchmarks.Workload.Line;
import io.orderworkflow.benchmarks.Workload.Order;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private final Workload workload = new Workload("test", 10_000, 100);
    private final List<Order> orders =
            IntStream.range(0, 10_000).mapToObj(workload::order).toList();

    @Test
    void isTheSameEveryTime() {
        assertThat(new Workload("test", 10_000, 100).order(4711)).isEqualTo(workload.order(4711));
    }

    @Test
    void spreadsLinesEvenlyOverProducts() {
        Map<String, Long> linesBySku = orders.stream()
                .flatMap(order -> order.lines().stream())
                .collect(Collectors.groupingBy(Line::sku, Collectors.counting()));
        assertThat(linesBySku).hasSize(100);
        assertThat(linesBySku.values()).allMatch(lines -> lines > 140 && lines < 260);
    }

    @Test
    void ordersTwoDifferentProducts() {
        assertThat(orders)
                .allMatch(order ->
                        !order.lines().get(0).sku().equals(order.lines().get(1).sku()));
    }

    @Test
    void letsEveryTwentiethBeDeclined() {
        assertThat(orders.stream().filter(Order::declined)).hasSize(500);
    }

    @Test
    void givesCustomersAPageOfOrdersEach() {
        assertThat(orders.stream()
                        .collect(Collectors.groupingBy(Order::customerId, Collectors.counting()))
                        .values())
                .hasSize(workload.customers())
                .containsOnly(200L);
        assertThat(new Workload("test", 250, 1).ordersOf(1)).isEqualTo(50);
    }
}
