package io.orderworkflow.console;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.observability.AxonServerDashboard;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Sets up the pages in those processes that answer HTTP. */
@AutoConfiguration
@ConditionalOnRole(Role.WEB)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({AxonServerDashboard.class, ConsoleProperties.class})
@Import({
    ConsoleErrors.class,
    DeadLettersController.class,
    EntranceController.class,
    FaultsController.class,
    InventoryController.class,
    OrderController.class,
    OrdersController.class,
    OverviewController.class,
    PageWebMvcConfiguration.class,
    ProcessorsController.class,
    ShopController.class,
    WorkflowsController.class
})
final class ConsoleConfiguration {

    @Bean
    ReadSide readSide(QueryGateway queries, ConsoleProperties properties) {
        return new ReadSide(queries, properties);
    }

    /** By this name templates write times, amounts and names: {@code ${@words.money(order.total)}}. */
    @Bean
    Words words() {
        return new Words();
    }

    /** The dates of files are the same in every build, so browsers have to go by their contents. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> consoleAssetVersions() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> registration =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns(PageWebMvcConfiguration.ASSETS + "*");
        return registration;
    }

    /** Behind the one that gives requests the number by which their failures are found in the log. */
    @Bean
    FilterRegistrationBean<PageFailureFilter> pageFailures(ConsoleErrors errors, ThymeleafViewResolver views) {
        FilterRegistrationBean<PageFailureFilter> registration =
                new FilterRegistrationBean<>(new PageFailureFilter(errors, views));
        registration.addUrlPatterns("/console", "/console/*", "/shop", "/shop/*");
        return registration;
    }
}
