package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

/** Runs real programs on a real folder, and kills them. */
class EmbeddedPostgresIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a program left that has written one note and ended well, for tests that begin after that. */
    @TempDir
    static Path finished;

    private static String pidFileOfFinished = "";

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> lentBinaries = new ArrayList<>();

    @BeforeEach
    void prepareFolder() throws IOException {
        // JUnit's folder is for its own account alone, but the server may have to run under another one.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = Files.createDirectories(temporary.toRealPath().resolve("data/postgres"));
        lendBinaries(folder);
    }

    /** Spares most tests the unpacking, which takes longer than all the rest. */
    private void lendBinaries(Path borrower) throws IOException {
        Path cached = ThrowawayPostgres.cachedBinaries().folder();
        lentBinaries.add(
                Files.createSymbolicLink(borrower.resolve(cached.toFile().getName()), cached));
    }

    @AfterEach
    void endWhatRuns() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        if (Files.exists(cluster())) {
            new DatabaseCluster(cluster()).endAbandonedServer();
        }
        for (Path link : lentBinaries) {
            Files.delete(link);
        }
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        Program first = start();
        first.awaitReady(1);
        long server = serverPid();

        first.terminate();

        // The database still answered while the program closed, and was gone when it had closed.
        assertThat(first.output()).contains("closing with 1 notes").doesNotContain("ERROR", "WARN", "Exception");
        assertThat(isServing(server)).isFalse();
        start().awaitReady(2);
    }

    @Test
    void keepsItsDataWhenTheProgramIsKilled() throws Exception {
        Program killed = start();
        killed.awaitReady(1);
        long orphan = serverPid();

        killed.kill();
        assertThat(isServing(orphan)).isTrue();

        start().awaitReady(2);
        assertThat(serverPid()).isNotEqualTo(orphan);
        assertThat(isServing(orphan)).isFalse();
    }

    @Test
    void keepsItsDataWhenProgramAndServerAreKilled() throws Exception {
        afterAProgramThatEndedWell();
        Program killed = start();
        killed.awaitReady(2);
        ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();

        killed.kill();
        server.destroyForcibly();

        start().awaitReady(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "postgres"})
    void isNotMisledByAPidThatNowBelongsToAnInnocentProgram(String name) throws Exception {
        String pidFile = afterAProgramThatEndedWell();
        Process innocent = startInnocent(name);
        Files.writeString(
                cluster().resolve("postmaster.pid"), pidFile.replaceFirst("\\d+", Long.toString(innocent.pid())));

        start().awaitReady(2);

        assertThat(innocent.isAlive()).isTrue();
    }

    @Test
    void isNotMisledByATornPidFile() throws Exception {
        afterAProgramThatEndedWell();
        Files.createFile(cluster().resolve("postmaster.pid"));

        start().awaitReady(2);
    }

    @Test
    void tellsASecondProgramInASentence() throws Exception {
        afterAProgramThatEndedWell();
        Program first = start();
        first.awaitReady(2);

        Program second = start();

        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.output())
                .contains("The data folder %s is in use by another running program (process %d).\n"
                        .formatted(folder, first.process.pid()))
                .doesNotContain("\tat ");
        first.terminate();
        assertThat(first.output()).contains("closing with 2 notes");
    }

    @Test
    void usesAConfiguredDatabaseInstead() throws Exception {
        Program program = start(Map.of("SPRING_DATASOURCE_URL", ThrowawayPostgres.newDatabase()));

        program.awaitReady(1);

        assertThat(cluster()).doesNotExist();
    }

    @Test
    void runsDurablyAndForThisMachineAlone() throws Exception {
        Program program = start();
        program.awaitReady(1);
        JdbcClient jdbc = client(program, DatabaseCluster.SUPERUSER);

        assertThat(List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums"))
                .allSatisfy(setting -> assertThat(show(jdbc, setting)).isEqualTo("on"));
        assertThat(show(jdbc, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(jdbc, "unix_socket_directories")).isEmpty();
        assertThat(jdbc.sql("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
                        .query(String.class)
                        .list())
                .containsExactly("scram-sha-256");
        assertThat(client(program, DatabaseCluster.APPLICATION)
                        .sql("SELECT usesuper FROM pg_user WHERE usename = current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster())))
                .isEqualTo("rwx------");
    }

    @Test
    void livesInASessionOfItsOwnWhereNoTerminalReachesIt() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this system has no /proc");
        afterAProgramThatEndedWell();
        start().awaitReady(2);

        String stat = Files.readString(Path.of("/proc", Long.toString(serverPid()), "stat"));

        List<String> afterName =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        assertThat(afterName.get(3)).as("session").isEqualTo(Long.toString(serverPid()));
    }

    @Test
    void takesTheGivenPortOrSaysThatItIsTaken() throws Exception {
        afterAProgramThatEndedWell();
        int port = ServerLauncher.freePort();
        Program first = start("--order-workflow.postgres.port=" + port);
        first.awaitReady(2);
        assertThat(first.url()).contains(":" + port + "/");
        Path other = Files.createDirectory(folder.resolveSibling("other"));
        lendBinaries(other);

        Program second =
                start("--order-workflow.postgres.port=" + port, "--order-workflow.postgres.data-directory=" + other);

        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.output())
                .contains("Port %d on 127.0.0.1, meant for the embedded PostgreSQL, is taken".formatted(port))
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhyTheServerDoesNotStart() throws Exception {
        Program program = start("--order-workflow.postgres.settings.shared-buffers=plenty");

        assertThat(program.awaitExit()).isEqualTo(1);
        assertThat(program.output())
                .contains("invalid value for parameter \"shared_buffers\": \"plenty\"")
                .doesNotContain("\tat ");
    }

    /** PostgreSQL refuses to run as root, so these differ from one account to the other. */
    @Nested
    class AsRoot {

        @BeforeEach
        void needsRoot() {
            assumeTrue(System.getProperty("user.name").equals("root"), "these tests have to run as root");
        }

        @Test
        void findsAnotherAccountWhereUserNamespacesAreForbidden() throws Exception {
            Program program = start(without("unshare"));
            program.awaitReady(1);

            program.terminate();

            start().awaitReady(2);
        }

        @Test
        void handsTheDataOverWhenUserNamespacesBecomeForbidden() throws Exception {
            Program program = start();
            program.awaitReady(1);
            program.kill();

            start(without("unshare")).awaitReady(2);
        }

        @Test
        void saysSoWhereNoOtherAccountCanBeHad() throws Exception {
            Program program = start(without("unshare", "setpriv", "chroot"));

            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output())
                    .contains("PostgreSQL refuses to run as root, and no other account can be used here: ")
                    .doesNotContain("\tat ");
        }

        @Test
        void anOrdinaryUserNeedsNoneOfThis() throws Exception {
            assumeTrue(Command.exists("setpriv"), "there is no setpriv to become an ordinary user with");
            folder = Files.createDirectory(folder.resolveSibling("empty"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            String classPath = readableClassPath();
            Program killed = start(asNobody, classPath, without("unshare"));
            killed.awaitReady(1);

            killed.kill();

            start(asNobody, classPath, without("unshare")).awaitReady(2);
        }

        /** An environment in which these programs do nothing but fail. */
        private Map<String, String> without(String... programs) throws IOException {
            Path failing = Files.createDirectories(temporary.resolve("failing"));
            for (String program : programs) {
                Path script = Files.writeString(failing.resolve(program), "#!/bin/sh\nexit 1\n");
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.setPosixFilePermissions(failing, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Map.of("PATH", failing + File.pathSeparator + System.getenv("PATH"));
        }
    }

    /**
     * Begins with one note. Only the first test that does so has it written by a program; the others get a copy.
     *
     * @return the server's pid file while it ran
     */
    private String afterAProgramThatEndedWell() throws Exception {
        Path original = finished.resolve("cluster");
        if (Files.exists(original)) {
            copy(original, cluster());
        } else {
            Program program = start();
            program.awaitReady(1);
            String pidFile = Files.readString(cluster().resolve("postmaster.pid"));
            program.terminate();
            pidFileOfFinished = pidFile.replace(cluster().toString(), original.toString());
            copy(cluster(), original);
        }
        return pidFileOfFinished.replace(original.toString(), cluster().toString());
    }

    /** With owners and permissions: the server refuses a data directory in which these are not as it set them. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private Path cluster() {
        return folder.resolve("cluster");
    }

    private long serverPid() throws IOException {
        return PostmasterPid.read(cluster()).orElseThrow().pid();
    }

    private boolean isServing(long pid) {
        return new Postmaster(pid, cluster()).isRunning();
    }

    private JdbcClient client(Program program, String user) throws IOException {
        return JdbcClient.create(
                new DriverManagerDataSource(program.url(), user, new DatabaseCluster(cluster()).password()));
    }

    private static String show(JdbcClient jdbc, String setting) {
        return jdbc.sql("SHOW " + setting).query(String.class).single();
    }

    /** A program that only waits, under the given name. */
    private Process startInnocent(String name) throws IOException {
        Path program = Files.copy(
                Path.of("/bin/cat").toRealPath(), temporary.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        Process innocent = new ProcessBuilder(program.toString()).start();
        processes.add(innocent);
        return innocent;
    }

    private Program start(String... arguments) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), Map.of(), arguments);
    }

    private Program start(Map<String, String> environment) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), environment);
    }

    private Program start(List<String> prefix, String classPath, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                classPath,
                NotebookProgram.class.getName(),
                "--spring.main.banner-mode=off",
                "--spring.main.keep-alive=true"));
        if (Stream.of(arguments).noneMatch(argument -> argument.contains("data-directory"))) {
            command.add("--order-workflow.postgres.data-directory=" + folder);
        }
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("program-%d.log".formatted(processes.size()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return new Program(process, output);
    }

    /** The class path where every account can read it. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry :
                StringUtils.delimitedListToStringArray(System.getProperty("java.class.path"), File.pathSeparator)) {
            Path original = Path.of(entry);
            // An empty entry is the working directory, with whatever other tests do there.
            if (!entry.isEmpty() && Files.exists(original)) {
                Path copy = temporary.resolve("classpath").resolve(copies.size() + "-" + original.getFileName());
                Files.createDirectories(copy.resolveSibling("."));
                FileSystemUtils.copyRecursively(original, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    /** A {@link NotebookProgram} in a JVM of its own. */
    private record Program(Process process, Path log) {

        void awaitReady(int notes) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast(() -> assertThat(process.isAlive())
                            .as(() -> "still running; its output: " + output())
                            .isTrue())
                    .until(() -> output().contains("ready with %d notes".formatted(notes)));
        }

        String url() {
            return output().lines()
                    .filter(line -> line.contains(" notes at "))
                    .map(line -> line.substring(line.indexOf("jdbc:")))
                    .findFirst()
                    .orElseThrow();
        }

        /** As {@code kill}, Ctrl-C and a container's stop do it. */
        void terminate() throws InterruptedException {
            process.destroy();
            awaitExit();
        }

        /** As {@code kill -9} does it. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        int awaitExit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
