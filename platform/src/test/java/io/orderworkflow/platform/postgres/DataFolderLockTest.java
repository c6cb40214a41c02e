package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockTest {

    @TempDir
    Path folder;

    @Test
    void keepsASecondOneOutAndNamesTheHolder() throws IOException {
        try (DataFolderLock held = DataFolderLock.acquire(folder)) {
            assertThat(held).isNotNull();
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> DataFolderLock.acquire(folder))
                    .satisfies(refusal -> assertThat(refusal.problem())
                            .isEqualTo("The data folder %s is in use by another running program (process %d)."
                                    .formatted(folder, ProcessHandle.current().pid())));
        }
    }

    @Test
    void isStillHeldAfterASecondOneWasKeptOut() throws IOException {
        try (DataFolderLock held = DataFolderLock.acquire(folder)) {
            assertThat(held).isNotNull();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(EmbeddedPostgresException.class)
                        .isThrownBy(() -> DataFolderLock.acquire(folder));
            }
        }
    }

    @Test
    void canBeHadAgainOnceGivenUp() throws IOException {
        DataFolderLock.acquire(folder).close();

        assertThatNoException().isThrownBy(() -> DataFolderLock.acquire(folder).close());
    }
}
