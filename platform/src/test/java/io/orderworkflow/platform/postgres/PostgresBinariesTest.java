package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, postgres-linux-x86_64.tar",
        "Linux, aarch64, false, postgres-linux-arm_64.tar",
        "Linux, amd64, true, postgres-linux-x86_64-alpine_linux.tar",
        "Mac OS X, aarch64, false, postgres-darwin-arm_64.tar",
        "Mac OS X, x86_64, false, postgres-darwin-x86_64.tar",
    })
    void looksForTheArchiveOfTheSystem(String osName, String osArch, boolean alpine, String archive) {
        assertThat(PostgresBinaries.archiveName(osName, osArch, alpine)).isEqualTo(archive);
    }

    @Test
    void unpacksOnceAndLeavesOnlyThisVersion(@TempDir Path parent) throws Exception {
        Path earlierVersion = Files.createDirectories(parent.resolve("binaries-00000000/bin"));

        PostgresBinaries binaries = PostgresBinaries.unpackInto(parent);
        binaries.keep();
        FileTime unpackedAt = Files.getLastModifiedTime(Path.of(binaries.program("postgres")));
        PostgresBinaries again = PostgresBinaries.unpackInto(parent);
        again.deleteOthers();

        assertThat(again).isEqualTo(binaries);
        assertThat(Path.of(again.program("postgres"))).isExecutable();
        assertThat(Files.getLastModifiedTime(Path.of(again.program("postgres"))))
                .isEqualTo(unpackedAt);
        assertThat(parent).isDirectoryContaining(again.folder()::equals);
        assertThat(earlierVersion).doesNotExist();
        assertThat(version(again)).startsWith("postgres (PostgreSQL) 18");
    }

    @Test
    void unpacksAgainWhatMayNotHaveReachedTheDisk(@TempDir Path parent) throws Exception {
        PostgresBinaries cutOff = PostgresBinaries.unpackInto(parent);
        Files.delete(Path.of(cutOff.program("initdb")));
        Files.write(Path.of(cutOff.program("postgres")), new byte[0]);

        PostgresBinaries again = PostgresBinaries.unpackInto(parent);

        assertThat(again).isEqualTo(cutOff);
        assertThat(Path.of(again.program("initdb"))).isExecutable();
        assertThat(version(again)).startsWith("postgres (PostgreSQL) 18");
    }

    private static String version(PostgresBinaries binaries) throws IOException, InterruptedException {
        return Command.run(new ProcessBuilder(binaries.program("postgres"), "--version"))
                .output();
    }
}
