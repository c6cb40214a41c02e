package io.orderworkflow.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.observability.AxonServerDashboard;
import jakarta.servlet.Filter;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Sets up the HTTP interface in those processes that answer HTTP. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnRole(Role.WEB)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({AxonServerDashboard.class, RestProperties.class})
@Import({
    AuditController.class,
    CancellationController.class,
    CartController.class,
    CustomerController.class,
    DeadLetterController.class,
    DemoOrderController.class,
    EventStoreController.class,
    FaultController.class,
    InventoryController.class,
    OpenApiConfiguration.class,
    OrderController.class,
    OrderStreamController.class,
    ParkedStepController.class,
    PaymentController.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    ProblemTypeController.class,
    ProcessorController.class,
    ProductController.class,
    RefundController.class,
    ReplayController.class,
    ReportController.class,
    ShipmentController.class,
    WebMvcConfiguration.class,
    WorkflowController.class
})
final class RestConfiguration {

    /** How much of a body that is refused is read away, so that whoever still sends it gets to read the answer. */
    private static final int MAX_SWALLOWED_BYTES = 32 << 20;

    @Bean
    Gateways gateways(CommandGateway commands, QueryGateway queries, RestProperties properties) {
        return new Gateways(commands, queries, properties);
    }

    @Bean
    Catalogue catalogue(Gateways gateways) {
        return new Catalogue(gateways);
    }

    @Bean
    Orders orders(Gateways gateways, RestProperties properties) {
        return new Orders(gateways, properties);
    }

    @Bean
    OrderAdmission orderAdmission(Gateways gateways, RestProperties properties, MeterRegistry registry) {
        return new OrderAdmission(gateways, properties, registry);
    }

    @Bean
    OrderPlacement orderPlacement(Gateways gateways) {
        return new OrderPlacement(gateways);
    }

    @Bean
    OrderStreams orderStreams(Gateways gateways, RestProperties properties) {
        return new OrderStreams(gateways, properties);
    }

    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter(StrictJson.mapper());
    }

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter(ProblemWriter problems) {
        return first(new FilterRegistrationBean<>(new CorrelationFilter(problems)), 0);
    }

    @Bean
    FilterRegistrationBean<BodySizeFilter> bodySizeFilter(ProblemWriter problems) {
        return first(new FilterRegistrationBean<>(new BodySizeFilter(problems)), 1);
    }

    private static <F extends Filter> FilterRegistrationBean<F> first(
            FilterRegistrationBean<F> registration, int position) {
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + position);
        return registration;
    }

    /** After the framework's own, whose report of errors this one forestalls. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports(ProblemWriter problems) {
        return tomcat -> {
            tomcat.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemReportValve(problems)));
            tomcat.addConnectorCustomizers(
                    connector -> connector.setProperty("maxSwallowSize", Integer.toString(MAX_SWALLOWED_BYTES)));
        };
    }
}
