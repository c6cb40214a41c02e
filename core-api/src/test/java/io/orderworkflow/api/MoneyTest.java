package io.orderworkflow.api;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void takesAnAmountAway() {
        assertThat(eur("19.90").minus(eur("0.95"))).isEqualTo(eur("18.95"));
    }

    @Test
    void leavesNothingAndGoesBelow() {
        assertThat(eur("19.90").minus(eur("19.90"))).isEqualTo(eur("0.00"));
        assertThat(eur("1.00").minus(eur("2.50"))).isEqualTo(eur("-1.50"));
    }

    @Test
    void takesNoOtherCurrencyAway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> eur("19.90").minus(Money.of("1", "JPY")))
                .withMessage("cannot take JPY from EUR");
    }
}
