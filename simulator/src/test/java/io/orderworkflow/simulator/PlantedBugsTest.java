package io.orderworkflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.payment.PlantedPayments;
import io.orderworkflow.saga.OrderRefundSaga;
import io.orderworkflow.saga.SagaThatEndsEarly;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulator that finds nothing proves nothing: here it is to find bugs that were put in. */
class PlantedBugsTest {

    private static final Logger log = LoggerFactory.getLogger(PlantedBugsTest.class);
    private static final long FIRST_SEED = 1;
    private static final int MOST_SEEDS = 2_000;

    @Test
    void findsASkippedRelease() {
        assertFound("conserved|settled", new Program.Parts().forgetting(ReleaseStock.class::isInstance));
    }

    @Test
    void findsAForgottenIdempotencyCheck() {
        assertFound("idempotent", new Program.Parts().payment(PlantedPayments.forgetful()));
    }

    @Test
    void findsASagaThatEndsEarly() {
        assertFound("settled", new Program.Parts().sagas(List.of(SagaThatEndsEarly.class, OrderRefundSaga.class)));
    }

    @Test
    void findsAMarkOfAReleaseThatIsNotRenewed() {
        assertFound("conserved", new Program.Parts().timeless());
    }

    @Test
    void findsASecondChargeAfterALostAnswer() {
        assertFound("charged once", new Program.Parts().provider(ProviderWithNewKeys::before));
    }

    @Test
    void findsAVoidThatIgnoresALateAuthorization() {
        assertFound("charged once", new Program.Parts().payment(PlantedPayments.deafToLateAuthorization()));
    }

    private static void assertFound(String promise, Program.Parts parts) {
        Program program = new Program(parts);
        for (int seeds = 1; seeds <= MOST_SEEDS; seeds++) {
            try {
                SeededRun.of(program, FIRST_SEED + seeds - 1).runOnce();
            } catch (BrokenPromise e) {
                log.info("found after {} seeds: {}", seeds, e.getMessage());
                assertThat(e).hasMessageMatching("(" + promise + "): (?s:.*)");
                return;
            }
        }
        throw new AssertionError("not found within " + MOST_SEEDS + " seeds");
    }
}
