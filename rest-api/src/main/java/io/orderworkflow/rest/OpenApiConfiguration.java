package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the HTTP interface at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "Problem";
    private static final String CORRELATION_ID = "CorrelationId";
    private static final String CONSISTENCY_TOKEN = "ConsistencyToken";

    /** What is answered by a read model: carts are read from their events, and never behind. */
    private static final Pattern READ_MODELS =
            Pattern.compile("/api/(orders|customers|products|inventory|payments|reports)\\b(?!.*/stream$).*");

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Origin.class)
                .addRestControllers(OrderStreamController.class)
                .replaceWithSchema(Sku.class, identifier("CUP-WHITE"))
                .replaceWithSchema(CustomerId.class, identifier("customer-1"))
                .replaceWithSchema(OrderId.class, new UUIDSchema())
                .replaceWithSchema(CartId.class, new UUIDSchema())
                .replaceWithSchema(PaymentId.class, new UUIDSchema())
                .replaceWithSchema(RefundId.class, new UUIDSchema())
                .replaceWithSchema(Money.class, money());
    }

    private static Schema<?> identifier(String example) {
        return new StringSchema().pattern("^" + Sku.FORMAT + "$").example(example);
    }

    private static Schema<?> printable() {
        return new StringSchema().minLength(1).maxLength(128);
    }

    private static Schema<?> money() {
        return new ObjectSchema()
                .addProperty(
                        "amount",
                        new StringSchema().description("a decimal number").example("19.90"))
                .addProperty(
                        "currency", new StringSchema().description("ISO 4217").example("EUR"));
    }

    @Bean
    OpenApiCustomizer problemsAndCorrelation() {
        return api -> {
            api.setInfo(new Info()
                    .title("Order workflow")
                    .version("1")
                    .description("Orders, stock and payments. Every error is an RFC 9457 problem whose `type` answers"
                            + " with its description; `/problems` lists them all."));
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(api.getComponents()::addSchemas);
            api.getComponents()
                    .addParameters(
                            CORRELATION_ID,
                            new HeaderParameter()
                                    .name(Origin.HEADER)
                                    .description("Made when absent; echoed, and found again in logs, traces and the"
                                            + " order's timeline")
                                    .schema(printable()))
                    .addResponses(
                            PROBLEM,
                            new ApiResponse()
                                    .description("What is wrong, as an RFC 9457 problem")
                                    .addHeaderObject(Origin.HEADER, new Header().schema(printable()))
                                    .content(new Content()
                                            .addMediaType(
                                                    Problem.MEDIA_TYPE,
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/" + PROBLEM)))));
            api.getComponents()
                    .addParameters(
                            CONSISTENCY_TOKEN,
                            new HeaderParameter()
                                    .name(Consistency.TOKEN)
                                    .description(
                                            "As a command's answer brought it: the query waits, for `Prefer: wait=N`"
                                                    + " seconds or for 2, until what it reads has got there")
                                    .schema(new StringSchema()));
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        complete(operation);
                        if (method != PathItem.HttpMethod.GET) {
                            onSuccess(
                                    operation,
                                    Consistency.TOKEN,
                                    "To be brought back by a query that has to see the effect");
                        } else if (READ_MODELS.matcher(path).matches()) {
                            operation.addParametersItem(
                                    new HeaderParameter().$ref("#/components/parameters/" + CONSISTENCY_TOKEN));
                            onSuccess(
                                    operation, Consistency.HEADER, "`reached` or `behind`, where a token was brought");
                        }
                    }));
        };
    }

    private static void onSuccess(Operation operation, String header, String meaning) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeaderObject(
                        header, new Header().description(meaning).schema(new StringSchema()));
            }
        });
    }

    private static void complete(Operation operation) {
        operation.addParametersItem(new HeaderParameter().$ref("#/components/parameters/" + CORRELATION_ID));
        operation.getResponses().addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + PROBLEM));
    }
}
