package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.inventory.StockMovement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementChartTest {

    @Test
    void drawsStepsFromTheEarliestToTheLatest() {
        MovementChart chart = MovementChart.of(List.of(movement(10, 5), movement(0, 10)));

        assertThat(chart.line()).isEqualTo("M0,120H200V0H400V60H600");
        assertThat(chart.area()).isEqualTo("M0,120H200V0H400V60H600V120H0Z");
        assertThat(chart.words()).isEqualTo("Pieces on hand after each movement: 0, 10, 5");
        assertThat(chart.most()).isEqualTo(10);
    }

    @Test
    void drawsNothingOfLessThanTwoMovements() {
        assertThat(MovementChart.of(List.of()).isWorthDrawing()).isFalse();
        assertThat(MovementChart.of(List.of(movement(0, 10))).isWorthDrawing()).isFalse();
        assertThat(MovementChart.of(List.of(movement(0, 0), movement(0, 0))).line())
                .isEqualTo("M0,120H200V120H400V120H600");
    }

    private static StockMovement movement(long from, long to) {
        return new StockMovement(1, Instant.EPOCH, "StockAdjusted", from, to - from, to, null, null);
    }
}
