package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program itself, as it is shipped, in a process of its own. */
final class RunningProgram implements AutoCloseable {

    static final Path JAR = Path.of("target", "order-workflow.jar").toAbsolutePath();
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final int port;
    private final Path log;

    private RunningProgram(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the program and waits until it is ready.
     *
     * @param folder where it runs, and keeps its data
     */
    static RunningProgram start(Path folder, String... arguments) {
        return start(folder, List.of("-jar", JAR.toString()), List.of(arguments));
    }

    /**
     * Starts the program in a way of its own.
     *
     * @param launch options of the virtual machine, and what it is to run
     */
    static RunningProgram start(Path folder, List<String> launch, List<String> arguments) {
        RunningProgram program = begin(folder, freePort(), launch, arguments);
        program.awaitReady();
        return program;
    }

    /** Starts the program without waiting for it, to answer at a given port. */
    static RunningProgram begin(Path folder, int port, List<String> launch, List<String> arguments) {
        // It lives for a minute: the second compiler would cost it more than it could give.
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(launch);
        command.addAll(List.of("--server.port=" + port, "--order-workflow.demo-catalogue=false"));
        command.addAll(arguments);
        Path log = folder.resolve("program.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new RunningProgram(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shop shop() {
        return new Shop(port);
    }

    /** What it has printed, and what those before it in its folder have. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the program as a crash would. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends the program in an orderly way. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        await().atMost(Duration.ofMinutes(4)).until(() -> !process.isAlive());
    }

    void awaitReady() {
        await().atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(process.isAlive())
                            .as("the program is running; see program.log")
                            .isTrue();
                    return isReady();
                });
    }

    boolean isReady() {
        return answers("/actuator/health/readiness", 200);
    }

    /** Whether it answers this already. */
    boolean answers(String path, int status) {
        try {
            return shop().get(path).status() == status;
        } catch (UnreachableException notYet) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
