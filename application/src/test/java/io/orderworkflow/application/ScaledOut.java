package io.orderworkflow.application;

import io.orderworkflow.platform.postgres.KillablePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The program as several processes, each with one role, behind an Axon Server and a PostgreSQL of their own. A process
 * is called by its role, with a number where there are several: {@code saga}, {@code web-2}.
 */
final class ScaledOut implements AutoCloseable {

    private final Path folder;
    private final List<String> settings;
    private final KillablePostgres postgres;
    private final RealAxonServer axonServer;
    private final int providerPort = RunningProgram.freePort();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, RunningProgram> processes = new LinkedHashMap<>();

    private ScaledOut(Path folder, List<String> settings) {
        this.folder = folder;
        this.settings = settings;
        this.postgres = KillablePostgres.start();
        this.axonServer = RealAxonServer.start(directory("axonserver"));
    }

    /** Starts PostgreSQL and Axon Server, and no process yet. */
    static ScaledOut in(Path folder, String... settings) {
        ScaledOut program = new ScaledOut(folder, List.of(settings));
        program.archiveItsClasses();
        return program;
    }

    /** With an archive of its loaded classes a process starts in half the time. */
    private void archiveItsClasses() {
        RunningProgram all = RunningProgram.begin(
                directory("all"),
                RunningProgram.freePort(),
                launch("-XX:ArchiveClassesAtExit=" + archive()),
                arguments("order,inventory,payment,saga,query,web", 0));
        all.awaitReady();
        all.close();
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    private static List<String> launch(String option) {
        return List.of("-Xmx256m", "-XX:+UseSerialGC", option, "-jar", RunningProgram.JAR.toString());
    }

    private List<String> arguments(String roles, int provider) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.addAll(List.of(
                "--spring.profiles.active=axonserver",
                "--order-workflow.roles=" + roles,
                // Six programs on a few cores take their time.
                "--order-workflow.rest.catalogue-timeout=1m",
                "--order-workflow.payment.built-in.port=" + provider,
                "--spring.datasource.url=" + postgres.url(),
                "--spring.datasource.hikari.maximum-pool-size=12",
                "--axon.axonserver.servers=" + axonServer.address()));
        return arguments;
    }

    /** Starts processes, all at once, and waits until they are ready. */
    ScaledOut start(String... names) {
        List.of(names).forEach(this::begin);
        List.of(names).forEach(name -> process(name).awaitReady());
        return this;
    }

    /** Starts a process without waiting for it. One that was there before comes back to where it was. */
    void begin(String name) {
        int port = ports.computeIfAbsent(name, any -> RunningProgram.freePort());
        processes.put(
                name,
                RunningProgram.begin(
                        directory(name),
                        port,
                        launch("-XX:SharedArchiveFile=" + archive()),
                        arguments(rolesOf(name), name.matches(".*-[2-9]") ? 0 : providerPort)));
    }

    /** Such as {@code web} of {@code web-2}, or both of {@code web+query}. */
    private static String rolesOf(String name) {
        return name.replaceFirst("-.*", "").replace('+', ',');
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunningProgram process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    Shop shop(String web) {
        return process(web).shop();
    }

    /** The payment provider that the process with that role brings along. */
    Shop provider() {
        return new Shop(providerPort);
    }

    RealAxonServer axonServer() {
        return axonServer;
    }

    KillablePostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        processes.values().forEach(RunningProgram::kill);
        axonServer.kill();
        postgres.close();
    }
}
