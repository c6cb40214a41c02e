package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How the parts of a call that nobody searches by are written into its row. */
final class ProviderCallJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<ProviderAttempt>> ATTEMPTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> META_DATA = new TypeReference<>() {};

    private ProviderCallJson() {}

    static String ofMetaData(Map<String, String> metaData) {
        return JSON.writeValueAsString(metaData);
    }

    static Map<String, String> metaData(String text) {
        return JSON.readValue(text, META_DATA);
    }

    static String ofAttempts(List<ProviderAttempt> attempts) {
        return JSON.writeValueAsString(attempts);
    }

    static List<ProviderAttempt> attempts(String text) {
        return List.copyOf(JSON.readValue(text, ATTEMPTS));
    }

    static @Nullable String ofAnswer(@Nullable ProviderAnswer answer) {
        if (answer instanceof ProviderAnswer.Done done) {
            return JSON.writeValueAsString(new Written(done.reference(), done.refunded(), null));
        }
        return answer instanceof ProviderAnswer.Refused refused
                ? JSON.writeValueAsString(new Written(null, null, refused.refusal()))
                : null;
    }

    static @Nullable ProviderAnswer answer(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Written written = JSON.readValue(text, Written.class);
        return written.refusal() != null
                ? new ProviderAnswer.Refused(written.refusal())
                : new ProviderAnswer.Done(Objects.requireNonNull(written.reference()), written.refunded());
    }

    private record Written(
            @Nullable String reference,
            @Nullable Money refunded,
            @Nullable ProviderRefusal refusal) {}
}
