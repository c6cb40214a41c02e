package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no HTTP client sends: the server answers some of them before they come to any of us. */
class MalformedHttpTest extends RestApiTest {

    private static final String CRLF = "\r\n";
    private static final String HOST = "Host: localhost";

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String http(String requestLine, String... headers) {
        return requestLine + CRLF
                + String.join(
                        "", Arrays.stream(headers).map(header -> header + CRLF).toList()) + "Connection: close" + CRLF
                + CRLF;
    }

    private static String getting(String target) {
        return http("GET " + target + " HTTP/1.1", HOST);
    }

    static Stream<String> requests() {
        String receipts = "POST /api/inventory/CUP-WHITE/receipts HTTP/1.1";
        String json = "Content-Type: application/json";
        return Stream.of(
                getting("/api/orders?sku=|"),
                getting("/api/orders?sku=<script>"),
                getting("/api/orders/%zz"),
                getting("/api/inventory/a%2Fb"),
                getting("/api/inventory/a\\b"),
                getting("/api/inventory/%00"),
                getting("/api/inventory/ä"),
                getting("/api/orders?q=" + "x".repeat(20_000)),
                http("GET /api/orders HTTP/1.1", HOST, "X-Long: " + "x".repeat(20_000)),
                http("GET /api/orders HTTP/1.1", "Host: local host"),
                http("GET /api/orders HTTP/1.1", HOST, "Host: other"),
                http("GET /api/orders HTTP/1.1"),
                http("G<>T /api/orders HTTP/1.1", HOST),
                http("GET /api/orders HTTP/9.9", HOST),
                http("POST /api/orders HTTP/1.1", HOST, "Transfer-Encoding: magic"),
                getting("/../etc/passwd"),
                http("POST /api/orders HTTP/1.1", HOST, "Content-Length: -1"),
                http(receipts, HOST, json, "Transfer-Encoding: chunked") + "zz" + CRLF,
                http(receipts, HOST, json, "Content-Length: 100") + "{\"quantity\": 1",
                http("GET /api/products HTTP/1.1", HOST, "X-Correlation-ID: ça"),
                http("GET /api/products HTTP/1.1", HOST, "X-Correlation-ID: a", "X-Correlation-ID: b"),
                http(
                                "POST /api/orders HTTP/1.1",
                                HOST,
                                json,
                                "Content-Length: " + OrderControllerTest.BODY.length(),
                                "Idempotency-Key: clé")
                        + OrderControllerTest.BODY);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void tellsAProblemAndNothingElse(String request) throws IOException {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(answer)
                .containsIgnoringCase("Content-Type: application/problem+json")
                .containsIgnoringCase("X-Correlation-ID: ")
                .contains("\"status\":400", "\"type\":\"/problems/")
                .doesNotContain("<html", "Exception", "org.apache", "Tomcat", "\tat ");
        assertThat(backend.commands()).isEmpty();
    }
}
