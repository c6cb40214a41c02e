package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springdoc.webmvc.ui.SwaggerConfig;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import tools.jackson.databind.JsonNode;

@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebMvcConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class,
})
class OpenApiTest extends RestApiTest {

    private JsonNode api() {
        Answer answer = get("/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void describesEveryOperationWithItsAnswers() {
        Set<String> operations = new TreeSet<>();
        for (var path : api().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                Set<String> answers =
                        new TreeSet<>(operation.getValue().path("responses").propertyNames());
                operations.add(operation.getKey() + " " + path.getKey() + " " + answers);
            }
        }

        assertThat(operations)
                .containsExactly(
                        "delete /api/admin/dead-letters/{processor}/{sequence} [202, default]",
                        "delete /api/admin/demo-orders [204, default]",
                        "delete /api/admin/faults/{scenario} [204, default]",
                        "delete /api/admin/parked-steps [202, default]",
                        "delete /api/admin/parked-steps/{orderId} [202, default]",
                        "delete /api/admin/processors/{name}/replay [202, default]",
                        "delete /api/carts/{cartId}/items/{sku} [204, default]",
                        "get /api/admin/audit [200, default]",
                        "get /api/admin/dead-letters [200, default]",
                        "get /api/admin/dead-letters/{processor} [200, default]",
                        "get /api/admin/dead-letters/{processor}/{sequence}/actions [200, default]",
                        "get /api/admin/demo-orders [200, default]",
                        "get /api/admin/faults [200, default]",
                        "get /api/admin/parked-steps [200, default]",
                        "get /api/admin/parked-steps/{orderId}/actions [200, default]",
                        "get /api/admin/processors [200, default]",
                        "get /api/admin/processors/{name} [200, default]",
                        "get /api/admin/processors/{name}/replay [200, default]",
                        "get /api/admin/workflows [200, default]",
                        "get /api/carts/{cartId} [200, default]",
                        "get /api/customers/{customerId}/orders [200, default]",
                        "get /api/eventstore/events [200, default]",
                        "get /api/eventstore/replay/{aggregateType}/{aggregateId} [200, default]",
                        "get /api/eventstore/statistics [200, default]",
                        "get /api/inventory [200, default]",
                        "get /api/inventory/{sku} [200, default]",
                        "get /api/inventory/{sku}/movements [200, default]",
                        "get /api/orders [200, default]",
                        "get /api/orders/stream [200, default]",
                        "get /api/orders/{orderId} [200, default]",
                        "get /api/orders/{orderId}/stream [200, default]",
                        "get /api/orders/{orderId}/timeline [200, default]",
                        "get /api/payments/{paymentId} [200, default]",
                        "get /api/products [200, default]",
                        "get /api/reports/flow [200, default]",
                        "get /api/reports/sales [200, default]",
                        "get /problems [200, default]",
                        "get /problems/{name} [200, default]",
                        "post /api/admin/dead-letters/{processor}/retry [202, default]",
                        "post /api/admin/dead-letters/{processor}/{sequence}/retry [202, default]",
                        "post /api/admin/demo-orders [202, default]",
                        "post /api/admin/parked-steps/retry [202, default]",
                        "post /api/admin/parked-steps/{orderId}/retry [202, default]",
                        "post /api/admin/processors/{name}/merge [202, default]",
                        "post /api/admin/processors/{name}/pause [202, default]",
                        "post /api/admin/processors/{name}/replay [202, default]",
                        "post /api/admin/processors/{name}/replay/back [202, default]",
                        "post /api/admin/processors/{name}/replay/switch [202, default]",
                        "post /api/admin/processors/{name}/resume [202, default]",
                        "post /api/admin/processors/{name}/split [202, default]",
                        "post /api/admin/workflows/{orderId}/nudge [202, default]",
                        "post /api/carts [201, default]",
                        "post /api/carts/{cartId}/checkout [201, 202, default]",
                        "post /api/inventory/{sku}/adjustments [202, default]",
                        "post /api/inventory/{sku}/receipts [202, default]",
                        "post /api/orders [201, 202, default]",
                        "post /api/orders/{orderId}/cancellation [200, 202, default]",
                        "post /api/orders/{orderId}/delivery [202, default]",
                        "post /api/orders/{orderId}/refunds [202, default]",
                        "post /api/orders/{orderId}/shipment [202, default]",
                        "put /api/admin/faults/{scenario} [204, default]",
                        "put /api/carts/{cartId}/items/{sku} [204, default]",
                        "put /api/inventory/{sku}/reorder-point [204, default]",
                        "put /api/products/{sku} [200, 201, 202, default]");
    }

    @Test
    void describesHowToReadWhatOneHasWritten() {
        JsonNode api = api();
        JsonNode placed = api.at("/paths/~1api~1orders/post");
        JsonNode find = api.at("/paths/~1api~1orders~1{orderId}/get");

        assertThat(placed.at("/responses/202/headers").propertyNames()).contains("X-Consistency-Token");
        assertThat(references(find)).contains("#/components/parameters/ConsistencyToken");
        assertThat(find.at("/responses/200/headers").propertyNames()).contains("X-Consistency");
        assertThat(references(api.at("/paths/~1api~1carts~1{cartId}/get")))
                .doesNotContain("#/components/parameters/ConsistencyToken");
    }

    private static List<String> references(JsonNode operation) {
        return operation.path("parameters").findValuesAsString("$ref");
    }

    @Test
    void describesWhichPagesThereCanBe() {
        JsonNode parameters = api().at("/paths/~1api~1orders/get/parameters");
        for (JsonNode parameter : parameters) {
            JsonNode schema = parameter.path("schema");
            switch (parameter.path("name").asString()) {
                case "page" -> assertThat(limits(schema)).isEqualTo("0 to 10000000, 0");
                case "size" -> assertThat(limits(schema)).isEqualTo("1 to 200, 20");
                default -> {}
            }
        }
        assertThat(parameters.findValuesAsString("name")).contains("page", "size");
    }

    private static String limits(JsonNode schema) {
        return "%d to %d, %d"
                .formatted(
                        schema.path("minimum").asInt(),
                        schema.path("maximum").asInt(),
                        schema.path("default").asInt());
    }

    @Test
    void showsItselfInABrowser() {
        Answer page = get("/swagger-ui/index.html", "Accept", "text/html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(get("/v3/api-docs/swagger-config").json().path("url").asString())
                .isEqualTo("/v3/api-docs");
    }

    @Test
    void describesProblems() {
        JsonNode api = api();
        JsonNode problem = api.path("components").path("responses").path("Problem");

        assertThat(problem.path("content").propertyNames()).containsExactly("application/problem+json");
        assertThat(api.path("components")
                        .path("schemas")
                        .path("Problem")
                        .path("properties")
                        .propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "correlationId", "errors");
    }

    @Test
    void hasNoDeadReference() {
        JsonNode api = api();
        Set<String> references = new HashSet<>();
        api.findValues("$ref").forEach(reference -> references.add(reference.asString()));

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void describesTheOrderThatIsAskedForApartFromTheOneThatIsShown() {
        JsonNode schemas = api().path("components").path("schemas");

        assertThat(schemas.path("PlaceOrderPayment").path("properties").propertyNames())
                .containsExactlyInAnyOrder("method", "token");
        assertThat(schemas.path("Payment").path("properties").propertyNames())
                .containsExactlyInAnyOrder("paymentId", "status");
    }

    @Test
    void saysThatAnswersAreJson() {
        assertThat(api().findValues("*/*")).isEmpty();
    }
}
