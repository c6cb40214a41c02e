package io.orderworkflow.query;

import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/**
 * A test of the query side as it runs, on a real PostgreSQL. All of them share one program and one database, so each
 * uses orders, customers and products of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = QuerySideTest.Program.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "order-workflow.postgres.embedded=false",
            "axon.axonserver.enabled=false",
            "order-workflow.processing.token-claim-interval=100ms",
            "order-workflow.rebuild.interval=100ms",
            "order-workflow.rebuild.batch-size=100",
            "order-workflow.audit.enabled=false",
            "spring.autoconfigure.exclude=org.axonframework.springboot.autoconfig.JpaAutoConfiguration,"
                    + "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration,"
                    + "org.axonframework.springboot.autoconfig.XStreamAutoConfiguration"
        })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@interface QuerySideTest {

    /** The query side, on what platform brings. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({ThrowawayDatabase.class, History.class})
    class Program {}
}
