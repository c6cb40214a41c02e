package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Measures how many orders a second several processes settle behind one Axon Server, all of them on this machine. Each
 * number of processes gets an Axon Server and a database with nothing in them.
 */
final class LoadProcesses {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String USAGE = """
            Usage: scripts/load-processes N --axonserver JAR [--processes 1,2,4] [--clients 16] [--program JAR]
              N             orders for each number of processes; a tenth of them are placed before, to warm up
              --axonserver  the jar of Axon Server
              --processes   how many, one after the other; every one has all roles
              --program     the built program; application/target/order-workflow.jar by default""";

    private final Settings settings;
    private final PrintStream out;
    private final List<String> table = new ArrayList<>();

    private LoadProcesses(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Ends with 0 only if everything was right each time. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(System.out, arguments));
    }

    private static int run(PrintStream out, String... arguments) throws IOException {
        try {
            return new LoadProcesses(Settings.parse(arguments), out).measureAll() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        } catch (IllegalStateException | CompletionException e) {
            out.println("GIVEN UP: " + e.getMessage());
            return 1;
        }
    }

    private boolean measureAll() throws IOException {
        boolean right = true;
        for (int processes : settings.processes()) {
            out.println();
            out.println("--- " + processes + " processes");
            right &= measure(processes);
        }
        out.println();
        out.println("| processes | orders/s | CPU ms an order, all programs | CPU ms an order, Axon Server |");
        out.println("|---|---|---|---|");
        table.forEach(out::println);
        return right;
    }

    private boolean measure(int processes) throws IOException {
        Path folder = Files.createTempDirectory("load-processes-");
        List<OwnProgram> programs = new ArrayList<>();
        try (OwnAxonServer server =
                OwnAxonServer.start(settings.axonServer(), Files.createDirectory(folder.resolve("axonserver")))) {
            try {
                for (int number = 1; number <= processes; number++) {
                    programs.add(start(number, folder, server, programs));
                }
                return load(programs, server);
            } finally {
                // The first one brings the database of all.
                for (int number = programs.size(); number > 0; number--) {
                    programs.get(number - 1).close();
                }
            }
        }
    }

    private OwnProgram start(int number, Path folder, OwnAxonServer server, List<OwnProgram> others)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=axonserver",
                "--spring.datasource.hikari.maximum-pool-size=20",
                "--axon.axonserver.servers=" + server.address()));
        if (!others.isEmpty()) {
            arguments.add("--spring.datasource.url=" + others.get(0).databaseUrl());
        }
        return OwnProgram.start(
                settings.program(),
                Files.createDirectory(folder.resolve("program-" + number)),
                out,
                arguments.toArray(String[]::new));
    }

    private boolean load(List<OwnProgram> programs, OwnAxonServer server) {
        WorkflowApi api = new WorkflowApi(programs.stream().map(OwnProgram::url).toList(), PATIENCE);
        if (!load(api, Math.max(1, settings.orders() / 10)).succeeds()) {
            return false;
        }
        Duration cpu = cpu(programs);
        Duration cpuOfServer = server.cpu();
        LoadRun run = load(api, settings.orders());
        boolean right = run.succeeds();
        table.add(String.format(
                Locale.ROOT,
                "| %d | %.0f | %.2f | %.2f |",
                programs.size(),
                settings.orders() / (run.took().toNanos() / 1e9),
                cpu(programs).minus(cpu).toNanos() / 1e6 / settings.orders(),
                server.cpu().minus(cpuOfServer).toNanos() / 1e6 / settings.orders()));
        return right;
    }

    private LoadRun load(WorkflowApi api, int orders) {
        URI unused = URI.create("http://localhost");
        return new LoadRun(
                new LoadOptions(orders, settings.clients(), unused, 1000, 0, 0), api, Program.newRun(), PATIENCE, out);
    }

    private static Duration cpu(List<OwnProgram> programs) {
        return programs.stream().map(OwnProgram::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** What is measured. */
    private record Settings(int orders, int clients, List<Integer> processes, Path program, Path axonServer) {

        static Settings parse(String... arguments) {
            if (arguments.length % 2 != 1) {
                throw new IllegalArgumentException("how many orders, and which Axon Server?");
            }
            Settings settings = new Settings(
                    Integer.parseInt(arguments[0]),
                    16,
                    List.of(1, 2, 4),
                    Path.of("application", "target", "order-workflow.jar"),
                    Path.of(""));
            for (int index = 1; index < arguments.length; index += 2) {
                settings = settings.with(arguments[index], arguments[index + 1]);
            }
            if (!Files.isRegularFile(settings.axonServer)) {
                throw new IllegalArgumentException("--axonserver must be the jar of one");
            }
            return settings;
        }

        private Settings with(String name, String value) {
            return switch (name) {
                case "--clients" -> new Settings(orders, Integer.parseInt(value), processes, program, axonServer);
                case "--processes" ->
                    new Settings(
                            orders,
                            clients,
                            Stream.of(value.split(",", -1))
                                    .map(Integer::valueOf)
                                    .toList(),
                            program,
                            axonServer);
                case "--program" -> new Settings(orders, clients, processes, Path.of(value), axonServer);
                case "--axonserver" -> new Settings(orders, clients, processes, program, Path.of(value));
                default -> throw new IllegalArgumentException("there is no option " + name);
            };
        }
    }
}
