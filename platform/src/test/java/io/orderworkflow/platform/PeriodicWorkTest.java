package io.orderworkflow.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class PeriodicWorkTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration NEVER_AGAIN = Duration.ofDays(1);

    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void goesOnThoughItFails() {
        PeriodicWork work = PeriodicWork.of("test", OFTEN, () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("not now");
        });

        work.start();

        await().untilAsserted(() -> assertThat(rounds).hasValueGreaterThan(2));
        work.stop();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void tellsOnceThatItFails(CapturedOutput log) {
        PeriodicWork work = PeriodicWork.of("test", OFTEN, () -> {
            if (rounds.incrementAndGet() <= 5) {
                throw new IllegalStateException("not now");
            }
        });

        work.start();

        await().untilAsserted(() -> assertThat(log).contains("test goes on"));
        work.stop();
        assertThat(log).containsOnlyOnce("test failed");
    }

    @Test
    void doesAllThereIsBeforeItRests() {
        PeriodicWork work = PeriodicWork.untilNothingIsLeft("test", NEVER_AGAIN, () -> rounds.incrementAndGet() < 5)
                .atOnce();

        work.start();

        await().untilAsserted(() -> assertThat(rounds).hasValue(5));
        work.stop();
    }

    @Test
    void waitsForItsLastRoundAndDoesThenWhatIsToBeDoneFinally() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        PeriodicWork work = PeriodicWork.of("test", OFTEN, () -> {
                    begun.countDown();
                    awaitOrFail(stopping);
                    done.add("last round");
                })
                .endingWithin(Duration.ofSeconds(30))
                .andFinally(() -> done.add("end"));
        work.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        Thread stop = new Thread(work::stop);
        stop.start();
        await().until(() -> !work.isRunning());
        stopping.countDown();
        stop.join();

        assertThat(done).containsExactly("last round", "end");
    }

    @Test
    void cutsTheLastRoundOffIfNobodyWaitsForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        PeriodicWork work = PeriodicWork.of("test", OFTEN, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
        });
        work.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        work.stop();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
