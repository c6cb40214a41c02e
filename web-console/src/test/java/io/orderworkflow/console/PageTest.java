package io.orderworkflow.console;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.context.WebApplicationContext;

/** Real pages from real templates; the modules that answer them are stood for by {@link #answers}. */
@SpringBootTest(
        classes = PageTest.Server.class,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.axonserver.dashboard-url=http://axonserver.example:8024",
            "order-workflow.console.query-timeout=2s",
            "order-workflow.console.consistency-wait=200ms"
        })
abstract class PageTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private FilterRegistrationBean<PageFailureFilter> pageFailures;

    @Autowired
    StubAnswers answers;

    MockMvcTester mvc;

    @BeforeEach
    void startAnew() {
        answers.reset();
        mvc = MockMvcTester.from(
                context,
                builder -> builder.addFilters(requireNonNull(pageFailures.getFilter()))
                        .build());
    }

    /** The page at an address, which must be shown. */
    String page(String path) {
        MvcTestResult shown = mvc.get().uri(URI.create(path)).exchange();
        assertThat(shown).hasStatusOk();
        return text(shown);
    }

    /** That part of the page alone, as a script fetches it. */
    String part(String id, String path) {
        MvcTestResult shown = mvc.get()
                .uri(URI.create(path))
                .header("HX-Request", "true")
                .header("HX-Target", id)
                .exchange();
        assertThat(shown).hasStatusOk();
        return text(shown);
    }

    static String text(MvcTestResult shown) {
        return new String(shown.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ConsoleConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
    })
    static class Server {

        @Bean
        SimpleQueryBus queryBus() {
            return SimpleQueryBus.builder().build();
        }

        @Bean
        QueryGateway queryGateway(QueryBus queryBus) {
            return DefaultQueryGateway.builder().queryBus(queryBus).build();
        }

        @Bean
        UnfinishedPage unfinishedPage() {
            return new UnfinishedPage();
        }

        @Bean
        StubAnswers answers(SimpleQueryBus queryBus) {
            return new StubAnswers(queryBus);
        }
    }

    /** A page of which only the beginning can be written. */
    @Controller
    static class UnfinishedPage {

        static final String ADDRESS = "/console/unfinished";

        @GetMapping(ADDRESS)
        String order() {
            return "console/order";
        }
    }
}
