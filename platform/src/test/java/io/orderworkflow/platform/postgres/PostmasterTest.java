package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which process counts as a cluster's server. Plays the server with a program that only waits, under its name. */
class PostmasterTest {

    @TempDir
    Path folder;

    private @Nullable Process process;

    @BeforeEach
    void needsTheProcessTable() {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this system has no /proc");
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void isTheProcessCalledPostgresThatWorksInTheCluster() throws IOException {
        Path cluster = cluster("cluster");

        long pid = start(program("postgres"), cluster);

        assertThat(new Postmaster(pid, cluster).isRunning()).isTrue();
    }

    @Test
    void isNotAnotherClustersServer() throws IOException {
        long pid = start(program("postgres"), cluster("other"));

        assertThat(new Postmaster(pid, cluster("cluster")).isRunning()).isFalse();
    }

    @Test
    void isNotAnotherProgramThatWorksInTheCluster() throws IOException {
        Path cluster = cluster("cluster");

        long pid = start(program("editor"), cluster);

        assertThat(new Postmaster(pid, cluster).isRunning()).isFalse();
    }

    @Test
    void isNotAServerThatWasKilledAndOnlyKeepsItsNumber() throws IOException {
        Path cluster = cluster("cluster");
        // A shell that becomes a program which never asks after the child that the shell had.
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec 3<&0; \"$0\" <&3 & echo $!; exec cat",
                        program("postgres").toString())
                .directory(cluster.toFile())
                .start();
        process = parent;
        long pid = Long.parseLong(parent.inputReader().readLine());
        await().until(() -> comm(parent.pid()).equals("cat") && new Postmaster(pid, cluster).isRunning());

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().until(() -> !new Postmaster(pid, cluster).isRunning());
        assertThat(comm(pid)).isEqualTo("postgres");
    }

    @Test
    void isNotAPidThatNobodyHas() throws IOException {
        assertThat(new Postmaster(Integer.MAX_VALUE, cluster("cluster")).isRunning())
                .isFalse();
    }

    @Test
    void anAbandonedServerIsEndedAndItsPidFileRemoved() throws IOException, InterruptedException {
        Path cluster = cluster("cluster");
        long pid = start(program("postgres"), cluster);
        Path pidFile = Files.writeString(cluster.resolve("postmaster.pid"), pid + "\n");

        new DatabaseCluster(cluster).endAbandonedServer();

        // This JVM is its parent, and takes a moment to notice.
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void anInnocentProgramWithTheServersOldNumberIsLeftAlone() throws IOException, InterruptedException {
        Path cluster = cluster("cluster");
        long pid = start(program("postgres"), cluster("other"));
        Path pidFile = Files.writeString(cluster.resolve("postmaster.pid"), pid + "\n");

        new DatabaseCluster(cluster).endAbandonedServer();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
        assertThat(pidFile).doesNotExist();
    }

    private static String comm(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    }

    private Path cluster(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private Path program(String name) throws IOException {
        return Files.copy(Path.of("/bin/cat").toRealPath(), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private long start(Path program, Path workingDirectory) throws IOException {
        Process started = new ProcessBuilder(program.toString())
                .directory(workingDirectory.toFile())
                .start();
        process = started;
        return started.pid();
    }
}
