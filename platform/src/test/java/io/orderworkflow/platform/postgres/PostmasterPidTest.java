package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterPidTest {

    private static final List<String> READY =
            List.of("4711", "/data/cluster", "1763705302", "41234", "", "127.0.0.1", "  5432001    12", "ready   ");

    @Test
    void knowsAServerThatAcceptsConnections() {
        assertThat(PostmasterPid.parse(READY)).contains(new PostmasterPid(4711, true));
    }

    @Test
    void knowsAServerThatIsStillStarting() {
        assertThat(PostmasterPid.parse(READY.subList(0, 7))).contains(new PostmasterPid(4711, false));
    }

    @Test
    void knowsAServerInSingleUserMode() {
        assertThat(PostmasterPid.parse(List.of("-4711"))).contains(new PostmasterPid(4711, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "47\u00001", "99999999999999999999"})
    void learnsNothingFromATornFile(String line) {
        assertThat(PostmasterPid.parse(List.of(line))).isEmpty();
    }

    @Test
    void learnsNothingFromAnEmptyFile(@TempDir Path cluster) throws IOException {
        Files.createFile(cluster.resolve("postmaster.pid"));

        assertThat(PostmasterPid.read(cluster)).isEmpty();
    }

    @Test
    void learnsNothingWhereNoServerRan(@TempDir Path cluster) throws IOException {
        assertThat(PostmasterPid.read(cluster)).isEmpty();
    }
}
