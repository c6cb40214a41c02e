package io.orderworkflow.platform;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A process that runs the platform with what a test adds to it, and nothing else of this program. Several on one
 * database are what several processes would be.
 */
public final class PlatformNode implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private PlatformNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one with these configurations and components on a database, given by its URL. */
    public static PlatformNode on(String database, Class<?>... parts) {
        return with(List.of(), database, parts);
    }

    /** Starts one with more properties, such as {@code order-workflow.commands.lanes=1}. */
    public static PlatformNode with(List<String> properties, String database, Class<?>... parts) {
        List<String> all = new ArrayList<>(List.of(
                "spring.datasource.url=" + database,
                "spring.datasource.hikari.maximum-pool-size=20",
                "spring.datasource.hikari.connection-timeout=5000",
                "spring.flyway.out-of-order=true",
                "spring.main.banner-mode=off",
                "axon.axonserver.enabled=false",
                "axon.update-check.disabled=true",
                "spring.autoconfigure.exclude=org.axonframework.springboot.autoconfig.XStreamAutoConfiguration",
                "logging.level.root=warn",
                // A rolled back batch is handled again only when its token is claimed anew.
                "order-workflow.processing.token-claim-interval=200ms"));
        all.addAll(properties);
        return new PlatformNode(new SpringApplicationBuilder(Program.class)
                .sources(parts)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(all.toArray(String[]::new))
                .run());
    }

    /** The bean of that type. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** The whole context. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Its database. */
    public JdbcClient jdbc() {
        return get(JdbcClient.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Program {}
}
