package io.orderworkflow.query;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of the query side with its auditor, which looks when it is asked to, at a time that the test says. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuerySideTest
@Import(AuditedTest.Time.class)
@TestPropertySource(
        properties = {
            "order-workflow.audit.enabled=true",
            "order-workflow.audit.interval=1h",
            "order-workflow.audit.grace=1m"
        })
@interface AuditedTest {

    /** Passes when a test says so. */
    final class Time extends Clock {

        private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

        void passes(Duration time) {
            passed.updateAndGet(before -> before.plus(time));
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(passed.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
