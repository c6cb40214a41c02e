package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodySizeFilterTest extends RestApiTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private static byte[] bodyOf(int bytes) {
        String body = "{\"quantity\": 1, \"padding\": \"\"}";
        return body.replace("\"\"", "\"" + "x".repeat(bytes - body.length()) + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Answer announced(byte[] body) {
        return send(
                "POST",
                "/api/inventory/CUP-WHITE/receipts",
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                "application/json");
    }

    private Answer chunked(byte[] body) {
        return send(
                "POST",
                "/api/inventory/CUP-WHITE/receipts",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                "Content-Type",
                "application/json");
    }

    @Test
    void letsABodyOfJustAMebibyteIn() {
        assertThat(announced(bodyOf(MEBIBYTE)).status()).isEqualTo(202);
        assertThat(chunked(bodyOf(MEBIBYTE)).status()).isEqualTo(202);
    }

    @Test
    void refusesABodyThatIsLarger() {
        announced(bodyOf(MEBIBYTE + 1)).isProblem(ProblemType.BODY_TOO_LARGE);

        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void refusesABodyThatTurnsOutToBeLarger() {
        chunked(bodyOf(MEBIBYTE + 1)).isProblem(ProblemType.BODY_TOO_LARGE);

        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void letsTheClientReadTheAnswerThoughItSendsMuchMore() {
        announced(bodyOf(20 * MEBIBYTE)).isProblem(ProblemType.BODY_TOO_LARGE);
        chunked(bodyOf(20 * MEBIBYTE)).isProblem(ProblemType.BODY_TOO_LARGE);
    }
}
