package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @TempDir
    Path folder;

    @Test
    void tellsWhatWasWrittenSince() throws IOException {
        ServerLog log = open();
        Files.writeString(log.file(), "before\n");
        long size = log.size();
        Files.writeString(log.file(), "after\n", StandardOpenOption.APPEND);

        assertThat(log.since(size)).isEqualTo("after\n");
    }

    @Test
    void findsTheReasonWhyAServerGaveUp() {
        assertThat(ServerLog.reason("""
                        2026-11-21 06:08:22.562 GMT [6406] LOG:  starting
                        2026-11-21 06:08:22.562 GMT [6406] FATAL:  invalid value for parameter "wal_level": "some"
                        2026-11-21 06:08:22.562 GMT [6406] HINT:  Available values: minimal, replica, logical.
                        """)).isEqualTo("invalid value for parameter \"wal_level\": \"some\"");
    }

    @Test
    void tellsEverythingWhereNoReasonIsGiven() {
        assertThat(ServerLog.reason("error while loading shared libraries\n"))
                .isEqualTo("error while loading shared libraries");
    }

    @Test
    void beginsANewFileWhenItHasGrownLarge() throws IOException {
        ServerLog log = open();
        Files.write(log.file(), new byte[10_000_001]);

        log.open();

        assertThat(log.size()).isZero();
        assertThat(folder.resolve("postgres.log.old")).hasSize(10_000_001);
    }

    @Test
    void goesOnWithASmallFile() throws IOException {
        ServerLog log = open();
        Files.writeString(log.file(), "before\n");

        log.open();

        assertThat(log.file()).hasContent("before\n");
    }

    private ServerLog open() throws IOException {
        ServerLog log = new ServerLog(folder.resolve("postgres.log"));
        log.open();
        return log;
    }
}
