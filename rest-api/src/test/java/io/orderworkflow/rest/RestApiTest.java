package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** Real HTTP to a real server, with stubs for the modules behind it. */
@SpringBootTest(
        classes = RestApiTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.axonserver.dashboard-url=http://axonserver.example:8024",
            "order-workflow.rest.command-timeout=2s",
            "order-workflow.rest.query-timeout=2s",
            "order-workflow.rest.catalogue-timeout=2s",
            "order-workflow.rest.order-timeout=100ms",
            "order-workflow.rest.look-again=500ms",
            "order-workflow.rest.consistency-wait=300ms",
            "order-workflow.rest.streams.most=20",
            "order-workflow.rest.streams.heartbeat=200ms",
            // After that a client that takes nothing is given up.
            "server.tomcat.connection-timeout=3s",
            "server.tomcat.keep-alive-timeout=60s",
        })
abstract class RestApiTest {

    static final Sku CUP = new Sku("CUP-WHITE");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    StubBackend backend;

    @Autowired
    StubCarts carts;

    @Autowired
    StubOperations operations;

    @Autowired
    StubFaults faults;

    @Autowired
    StubReadModels readModels;

    @Autowired
    SimpleQueryBus queryBus;

    @LocalServerPort
    int port;

    @BeforeEach
    void startWithOneProduct() {
        backend.reset();
        carts.reset();
        operations.reset();
        faults.reset();
        readModels.reset();
        backend.show(new ProductView(CUP, "Espresso cup, white", eur("9.90"), "Cups", 3));
    }

    @AfterEach
    void leavesNoSubscriptionBehind() {
        await().pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(queryBus.queryUpdateEmitter().activeSubscriptions())
                        .isEmpty());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    Answer get(String path, String... headers) {
        return send(with(request(path), headers));
    }

    Answer post(String path, String body, String... headers) {
        return send(with(request(path).POST(BodyPublishers.ofString(body)), json(headers)));
    }

    Answer put(String path, String body, String... headers) {
        return send(with(request(path).PUT(BodyPublishers.ofString(body)), json(headers)));
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        return send(with(request(path).method(method, body), headers));
    }

    CompletableFuture<Answer> postAsync(String path, String body, String... headers) {
        return CLIENT.sendAsync(
                        with(request(path).POST(BodyPublishers.ofString(body)), json(headers))
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String[] json(String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return all;
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return StrictJson.mapper().readTree(body());
        }

        /** Asserts the status and that a problem of that kind is told, as the contract has it. */
        Answer isProblem(ProblemType type) {
            assertThat(status()).as(body()).isEqualTo(type.status().value());
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(json().path("type").asString()).isEqualTo("/problems/" + type.slug());
            assertThat(json().path("title").asString()).isEqualTo(type.title());
            assertThat(json().path("status").asInt()).isEqualTo(status());
            assertThat(json().path("detail").asString()).isNotBlank();
            assertThat(json().path("correlationId").asString()).isNotBlank().isEqualTo(header("X-Correlation-ID"));
            assertThat(body()).doesNotContain("Exception", "io.orderworkflow", "java.", "org.", "tools.");
            return this;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DispatcherServletAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        MultipartAutoConfiguration.class,
        RestConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
    })
    static class Server {

        @Bean
        SimpleCommandBus commandBus() {
            return SimpleCommandBus.builder().build();
        }

        @Bean
        SimpleQueryBus queryBus() {
            return SimpleQueryBus.builder().build();
        }

        @Bean
        CommandGateway commandGateway(CommandBus commandBus) {
            return DefaultCommandGateway.builder().commandBus(commandBus).build();
        }

        @Bean
        QueryGateway queryGateway(QueryBus queryBus) {
            return DefaultQueryGateway.builder().queryBus(queryBus).build();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        StubCarts carts(SimpleCommandBus commandBus, SimpleQueryBus queryBus) {
            StubCarts carts = new StubCarts();
            new AnnotationCommandHandlerAdapter<>(carts).subscribe(commandBus);
            new AnnotationQueryHandlerAdapter<>(carts).subscribe(queryBus);
            return carts;
        }

        @Bean
        StubFaults faults(SimpleCommandBus commandBus, SimpleQueryBus queryBus) {
            StubFaults faults = new StubFaults();
            new AnnotationCommandHandlerAdapter<>(faults).subscribe(commandBus);
            new AnnotationQueryHandlerAdapter<>(faults).subscribe(queryBus);
            return faults;
        }

        @Bean
        StubOperations operations(SimpleCommandBus commandBus, SimpleQueryBus queryBus) {
            StubOperations operations = new StubOperations();
            new AnnotationCommandHandlerAdapter<>(operations).subscribe(commandBus);
            new AnnotationQueryHandlerAdapter<>(operations).subscribe(queryBus);
            return operations;
        }

        @Bean
        StubReadModels readModels(SimpleQueryBus queryBus) {
            StubReadModels readModels = new StubReadModels();
            new AnnotationQueryHandlerAdapter<>(readModels).subscribe(queryBus);
            return readModels;
        }

        @Bean
        StubBackend backend(SimpleCommandBus commandBus, SimpleQueryBus queryBus) {
            StubBackend backend = new StubBackend(queryBus.queryUpdateEmitter());
            new AnnotationCommandHandlerAdapter<>(backend).subscribe(commandBus);
            new AnnotationQueryHandlerAdapter<>(backend).subscribe(queryBus);
            return backend;
        }
    }
}
