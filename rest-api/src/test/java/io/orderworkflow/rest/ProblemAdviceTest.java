package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told when a request does not come to a controller. */
class ProblemAdviceTest extends RestApiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/nothing",
                "/api/orders/",
                "/api/products/A/B",
                "/api/orders/00000000-0000-0000-0000-000000000000/nothing",
                "/index.html",
                "/error",
                "/favicon.ico"
            })
    void knowsNoOtherAddress(String path) {
        get(path).isProblem(ProblemType.UNKNOWN_ADDRESS);
    }

    @Test
    void tellsWhichMethodsThereAre() {
        Answer answer = send("DELETE", "/api/orders", BodyPublishers.noBody());

        answer.isProblem(ProblemType.METHOD_NOT_ALLOWED);
        assertThat(answer.header("Allow").split(", *")).containsExactlyInAnyOrder("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST", "TRACE", "FOO"})
    void knowsNoOtherMethod(String method) {
        send(method, "/api/products/MUG", BodyPublishers.noBody()).isProblem(ProblemType.METHOD_NOT_ALLOWED);
    }

    @Test
    void answersHead() {
        Answer answer = send("HEAD", "/api/products", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/png", "text/event-stream", "nonsense"})
    void tellsAProblemToWhoeverAcceptsNone(String accepted) {
        get("/api/products", "Accept", accepted).isProblem(ProblemType.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/problem+json", "image/png"})
    void tellsAProblemWhateverIsAccepted(String accepted) {
        get("/api/nothing", "Accept", accepted).isProblem(ProblemType.UNKNOWN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense",
                "application/json; charset=nonsense"
            })
    void readsNoOtherMediaType(String mediaType) {
        send(
                        "POST",
                        "/api/inventory/CUP-WHITE/receipts",
                        BodyPublishers.ofString("{\"quantity\": 1}"),
                        "Content-Type",
                        mediaType)
                .isProblem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void readsNoBodyWithoutMediaType() {
        send("POST", "/api/inventory/CUP-WHITE/receipts", BodyPublishers.ofString("{\"quantity\": 1}"))
                .isProblem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void readsJsonOfAnyFlavour() {
        assertThat(send(
                                "POST",
                                "/api/inventory/CUP-WHITE/receipts",
                                BodyPublishers.ofString("{\"quantity\": 1}"),
                                "Content-Type",
                                "application/json; charset=utf-8")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void describesEveryKindOfProblemAtItsAddress(ProblemType type) {
        Answer answer = get(type.uri().toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("type").asString()).isEqualTo(type.uri().toString());
        assertThat(answer.json().path("status").asInt()).isEqualTo(type.status().value());
        assertThat(answer.json().path("title").asString()).isEqualTo(type.title());
        assertThat(answer.json().path("description").asString()).isNotBlank();
    }

    @Test
    void listsTheKindsOfProblems() {
        Stream<String> types = get("/problems")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("type").asString());

        assertThat(types)
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> type.uri().toString())
                        .toList());
    }

    @Test
    void knowsNoOtherKindOfProblem() {
        get("/problems/no-such-thing").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }
}
