package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is started for a measurement, with the database that it brings. */
final class OwnProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LINE_OF_PORT = 3;
    private static final int KIB_A_MIB = 1024;

    private final Process process;
    private final Path folder;
    private final URI url;
    private final WorkflowApi api;

    private OwnProgram(Process process, Path folder, URI url) {
        this.process = process;
        this.folder = folder;
        this.url = url;
        this.api = new WorkflowApi(url, PATIENCE);
    }

    /** Starts it in a folder, on the data that are there, and waits until it is ready. */
    static OwnProgram start(Path jar, Path folder, PrintStream out, String... settings) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                jar.toAbsolutePath().toString(),
                "--server.port=" + port,
                "--order-workflow.demo-catalogue=false"));
        command.addAll(List.of(settings));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("program.log").toFile()))
                    .start();
            URI url = URI.create("http://127.0.0.1:" + port);
            OwnProgram program = new OwnProgram(process, folder, url);
            try {
                Program.awaitStart(program.api, url, out);
            } catch (RuntimeException notStarted) {
                program.close();
                throw notStarted;
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that is not audited: that would be measured as well, and copies of orders are not what it expects. */
    static OwnProgram startUnaudited(Path jar, Path folder, PrintStream out, String... settings) {
        List<String> all = new ArrayList<>(List.of("--order-workflow.audit.enabled=false"));
        all.addAll(List.of(settings));
        return start(jar, folder, out, all.toArray(String[]::new));
    }

    WorkflowApi api() {
        return api;
    }

    URI url() {
        return url;
    }

    /** Its database. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl());
    }

    /** Processor time that the living processes of its database have used. */
    Duration databaseCpu() {
        try {
            long postmaster = Long.parseLong(Files.readAllLines(cluster().resolve("postmaster.pid"))
                    .get(0)
                    .strip());
            return ProcessHandle.of(postmaster).stream()
                    .flatMap(ProcessHandle::children)
                    .map(backend -> backend.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its memory in MiB, as the operating system counts it. */
    long residentMiB() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_A_MIB)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path cluster() {
        return folder.resolve(Path.of("data", "postgres", "cluster"));
    }

    /** Where its database is, with user and password in it. */
    String databaseUrl() {
        Path cluster = cluster();
        try {
            String port = Files.readAllLines(cluster.resolve("postmaster.pid")).get(LINE_OF_PORT);
            String password = Files.readString(cluster.resolve("order-workflow.password"));
            return "jdbc:postgresql://127.0.0.1:%s/order_workflow?user=order_workflow&password=%s"
                    .formatted(port.strip(), password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
