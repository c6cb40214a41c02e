package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

    @Test
    void givesEveryProcessAnotherIdentifier() {
        Set<String> ids = IntStream.range(0, 100)
                .mapToObj(i -> new NodeSettings(null).id())
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(100).allMatch(id -> id.length() <= 255);
    }

    @Test
    void takesTheIdentifierThatIsSet() {
        assertThat(new NodeSettings("order-workflow-0").id()).isEqualTo("order-workflow-0");
    }

    @Test
    void takesABlankIdentifierForNone() {
        assertThat(new NodeSettings(" ").id()).isNotBlank();
    }
}
