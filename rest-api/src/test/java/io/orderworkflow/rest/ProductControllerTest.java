package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.RegisterProduct;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProductControllerTest extends RestApiTest {

    private static final Sku MUG = new Sku("MUG");

    private static final String BODY = """
            {"name": "Mug, blue", "price": {"amount": "12.5", "currency": "EUR"}, "category": "Mugs"}
            """;

    @Test
    void registersAProduct() {
        Answer answer = put("/api/products/MUG", BODY);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().toString())
                .isEqualTo("{\"sku\":\"MUG\",\"name\":\"Mug, blue\","
                        + "\"price\":{\"amount\":\"12.50\",\"currency\":\"EUR\"},\"category\":\"Mugs\",\"version\":0}");
        assertThat(backend.commands()).containsExactly(new RegisterProduct(MUG, "Mug, blue", eur("12.50"), "Mugs"));
    }

    @Test
    void changesAProduct() {
        put("/api/products/MUG", BODY);
        Answer answer = put("/api/products/MUG", BODY.replace("12.5", "13.00"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("price").path("amount").asString()).isEqualTo("13.00");
    }

    @Test
    void answersTheSameWhenNothingChanges() {
        put("/api/products/MUG", BODY);
        backend.catalogueFollows(false);

        assertThat(put("/api/products/MUG", BODY).status()).isEqualTo(200);
    }

    @Test
    void needsNoCategory() {
        Answer answer =
                put("/api/products/MUG", "{\"name\": \"Mug\", \"price\": {\"amount\": \"0\", \"currency\": \"JPY\"}}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(backend.commands()).containsExactly(new RegisterProduct(MUG, "Mug", Money.of("0", "JPY"), null));
    }

    @Test
    void answersOnceTheCatalogueShowsTheProduct() {
        backend.catalogueFollows(false);
        backend.onCommand(command -> CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                .execute(() -> {
                    backend.show(new ProductView(MUG, "Mug, blue", eur("1.00"), "Mugs", 0));
                    backend.show(new ProductView(MUG, "Mug, blue", eur("12.50"), "Mugs", 1));
                }));
        Answer answer = put("/api/products/MUG", BODY);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void saysThatTheProductIsOnlyAcceptedWhenTheCatalogueStaysBehind() {
        backend.catalogueFollows(false);
        Answer answer = put("/api/products/MUG", BODY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void listsTheCatalogue() {
        Answer answer = get("/api/products?page=2&size=5&sort=name,desc");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").get(0).path("sku").asString()).isEqualTo("CUP-WHITE");
        assertThat(answer.json().path("page").toString())
                .isEqualTo("{\"number\":2,\"size\":5,\"totalItems\":1,\"totalPages\":1}");
        assertThat(backend.queries()).containsExactly(new FindProducts(2, 5, new Sort("name", true)));
    }
}
