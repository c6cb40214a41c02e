package io.orderworkflow.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxonServerDashboardTest {

    private final AxonServerDashboard dashboard =
            new AxonServerDashboard(URI.create("https://axonserver.example:8024/"));

    @Test
    void searchesForEachRequestOnce() {
        assertThat(dashboard.searchFor(Arrays.asList("r-1", null, "r-2", "r-1")))
                .isEqualTo(new AxonServerDashboard.Search(
                        URI.create("https://axonserver.example:8024/#query"),
                        "metaData.correlationId = \"r-1\" or metaData.correlationId = \"r-2\""));
    }

    @Test
    void searchesForNothingWithoutADashboardOrARequest() {
        assertThat(new AxonServerDashboard(null).searchFor(List.of("r-1"))).isNull();
        assertThat(dashboard.searchFor(List.of())).isNull();
    }
}
