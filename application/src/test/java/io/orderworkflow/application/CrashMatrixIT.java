package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.application.Shop.UnreachableException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Kills the program with SIGKILL at every point of an order's way, and sees the next start bring the order to the same
 * end as if nothing had happened: same outcome, same events, same stock, same books at the payment provider.
 *
 * <p>Every start first settles the order of the kill before, then runs into the next one. By default a few cells are
 * tried, with {@code -Dcrash.matrix=full} all of them, with anything else those that have it in their name; the table is in {@code target/crash-matrix.md}.
 */
class CrashMatrixIT {

    private static final Logger log = LoggerFactory.getLogger(CrashMatrixIT.class);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One of every kind of point, and of every kind of way. */
    private static final Set<String> SELECTION = Set.of(
            "CONFIRMED command/after/ReserveStock",
            "CONFIRMED provider/after/authorize",
            "CONFIRMED order-processing/before/PaymentCaptured",
            "DECLINED events/after/StockReleased",
            "CANCELLED payment-provider/after/VoidRequested",
            "SILENT events/before/OrderStepExpired");

    @TempDir
    private static Path folder;

    private static String classPath;
    private static Path archive;

    /** With an archive of its loaded classes, and compiled only lightly, it starts in half the time. */
    @BeforeAll
    static void archiveItsClasses() throws Exception {
        // A jar, because no archive is made for a class path with folders in it.
        Path stops = folder.resolve("stops.jar");
        packStoppingPoint(stops);
        classPath = RunningProgram.JAR + File.pathSeparator + stops;
        archive = folder.resolve("classes.jsa");
        Path first = Files.createDirectory(folder.resolve("first"));
        RunningProgram.start(first, launch("-XX:ArchiveClassesAtExit=" + archive), List.of())
                .close();
    }

    private static void packStoppingPoint(Path jar) throws IOException {
        Path classes = Path.of(StoppingPoint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        String name = StoppingPoint.class.getName().replace('.', '/');
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.list(classes.resolve(name).getParent())) {
            for (Path file : files.filter(
                            file -> classes.relativize(file).toString().startsWith(name))
                    .toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    private static List<String> launch(String... options) {
        List<String> launch = new ArrayList<>(List.of(options));
        launch.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, OrderWorkflowApplication.class.getName()));
        return launch;
    }

    @Test
    void endsEveryOrderAsIfTheProgramHadNotBeenKilled() throws Exception {
        List<CrashCell> cells =
                CrashCell.all().stream().filter(CrashMatrixIT::isChosen).toList();
        int chains = Integer.getInteger("crash.matrix.parallel", 1);
        int length = (cells.size() + chains - 1) / chains;
        Map<CrashCell, String> results = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(chains);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int begin = 0; begin < cells.size(); begin += length) {
                List<CrashCell> part = cells.subList(begin, Math.min(begin + length, cells.size()));
                Path data = Files.createDirectory(folder.resolve("chain-" + begin));
                running.add(threads.submit(() -> new Chain(data, part, results).run()));
            }
            for (Future<?> chain : running) {
                chain.get();
            }
        } finally {
            threads.shutdownNow();
            String table = table(cells, results);
            log.info("{} kills\n{}", results.size(), table);
            Files.writeString(Path.of("target", "crash-matrix.md"), table);
        }
        assertThat(results)
                .hasSameSizeAs(cells)
                .allSatisfy(
                        (cell, result) -> assertThat(result).as(cell.toString()).isEqualTo("ok"));
    }

    private static boolean isChosen(CrashCell cell) {
        String chosen = System.getProperty("crash.matrix", "");
        return chosen.isEmpty()
                ? SELECTION.contains(cell.toString())
                : chosen.equals("full") || cell.toString().contains(chosen);
    }

    private static String table(List<CrashCell> cells, Map<CrashCell, String> results) {
        StringBuilder table = new StringBuilder("| order | step | " + String.join(" | ", CrashCell.COLUMNS) + " |\n");
        table.append("|---".repeat(CrashCell.COLUMNS.size() + 2)).append("|\n");
        Map<CrashCell.Row, Map<String, String>> rows = new LinkedHashMap<>();
        for (CrashCell cell : cells) {
            String result = results.getOrDefault(cell, "not tried");
            rows.computeIfAbsent(cell.row(), row -> new LinkedHashMap<>())
                    .put(cell.column(), result.equals("ok") ? "ok" : "FAILED");
        }
        rows.forEach((row, columns) -> table.append("| ")
                .append(row.journey())
                .append(" | ")
                .append(row.step())
                .append(" | ")
                .append(CrashCell.COLUMNS.stream()
                        .map(column -> columns.getOrDefault(column, ""))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return table.toString();
    }

    /** Kills one after the other, on one data folder. */
    private static final class Chain implements Runnable {

        private final Path data;
        private final List<CrashCell> cells;
        private final Map<CrashCell, String> results;
        private final Map<CrashJourney, List<String>> events = new EnumMap<>(CrashJourney.class);
        private final Map<CrashCell, String> keys = new LinkedHashMap<>();
        private @Nullable CrashCell killed;
        private boolean answered;

        Chain(Path data, List<CrashCell> cells, Map<CrashCell, String> results) {
            this.data = data;
            this.cells = cells;
            this.results = results;
            for (CrashCell cell : cells) {
                keys.put(cell, cell.row().journey() + "-" + (keys.size() + 1));
            }
        }

        @Override
        public void run() {
            for (CrashCell cell : cells) {
                killAt(cell);
            }
            try (Run run = new Run(last().row().journey().settings(), List.of(), data)) {
                settle(run);
                // Nothing may have come after, of any of them.
                keys.forEach((cell, key) -> judge(cell, () -> expectEnd(run, cell.row(), key)));
                run.expectNothingTakenTwice();
            }
        }

        private String key(CrashCell cell) {
            return Objects.requireNonNull(keys.get(cell));
        }

        private CrashCell last() {
            return cells.get(cells.size() - 1);
        }

        private void killAt(CrashCell cell) {
            String key = key(cell);
            CrashJourney journey = cell.row().journey();
            try (ServerSocket supervisor = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                supervisor.setSoTimeout((int) PATIENCE.toMillis());
                List<String> point = List.of(
                        "-D" + StoppingPoint.POINT + "=" + cell.point(),
                        "-D" + StoppingPoint.ORDER + "=" + CrashJourney.orderId(key),
                        "-D" + StoppingPoint.SUPERVISOR + "=" + supervisor.getLocalPort());
                try (Run run = new Run(journey.settings(), point, data)) {
                    settle(run);
                    if (!events.containsKey(journey)) {
                        events.put(journey, eventsWithoutACrash(run, journey));
                    }
                    run.sell(key);
                    // Not in the common pool: where that has a single thread, one chain would wait for another.
                    CompletableFuture<Boolean> asking = CompletableFuture.supplyAsync(
                            () -> asks(run, journey, key), task -> new Thread(task).start());
                    judge(cell, () -> awaitTheStop(supervisor, cell));
                    run.program.kill();
                    killed = cell;
                    judge(cell, () -> answered = asking.get());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean asks(Run run, CrashJourney journey, String key) {
            try {
                journey.go(run.shop, key);
                return true;
            } catch (UnreachableException died) {
                return false;
            }
        }

        private static void awaitTheStop(ServerSocket supervisor, CrashCell cell) throws IOException {
            try {
                supervisor.accept().close();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nobody ever came to " + cell.point(), e);
            }
        }

        /** What happens to an order on that way if nobody is killed. */
        private static List<String> eventsWithoutACrash(Run run, CrashJourney journey) {
            String key = journey + "-undisturbed";
            run.sell(key);
            journey.go(run.shop, key);
            await().atMost(PATIENCE).untilAsserted(() -> run.expectOutcome(journey, key));
            return run.events(key);
        }

        /** Lets the order of the last kill come to its end. */
        private void settle(Run run) {
            CrashCell cell = killed;
            if (cell == null) {
                return;
            }
            killed = null;
            String key = key(cell);
            judge(cell, () -> {
                if (!answered) {
                    // Whoever got no answer asks again, with the same key.
                    cell.row().journey().go(run.shop, key);
                }
                await().atMost(PATIENCE).untilAsserted(() -> expectEnd(run, cell.row(), key));
            });
            log.info("{}: {}", cell, results.get(cell));
        }

        private void expectEnd(Run run, CrashCell.Row row, String key) {
            run.expectOutcome(row.journey(), key);
            assertThat(run.events(key)).as("events").isEqualTo(events.get(row.journey()));
        }

        private void judge(CrashCell cell, Check check) {
            try {
                check.run();
                results.putIfAbsent(cell, "ok");
            } catch (ExecutionException e) {
                results.put(cell, String.valueOf(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                results.put(cell, "interrupted");
            } catch (IOException | RuntimeException | AssertionError e) {
                results.merge(
                        cell, String.valueOf(e.getMessage()), (before, now) -> before.equals("ok") ? now : before);
            }
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    /** The program, and its provider, from a start to a kill. */
    private static final class Run implements AutoCloseable {

        private final RunningProgram program;
        private final Shop shop;
        private final Shop provider;

        Run(List<String> settings, List<String> point, Path data) {
            int providerPort = RunningProgram.freePort();
            List<String> arguments = new ArrayList<>(settings);
            arguments.add("--order-workflow.payment.built-in.port=" + providerPort);
            List<String> options = new ArrayList<>(point);
            options.add("-XX:SharedArchiveFile=" + archive);
            if (!point.isEmpty()) {
                arguments.add("--spring.main.sources=" + StoppingPoint.class.getName());
            }
            program = RunningProgram.start(data, launch(options.toArray(String[]::new)), arguments);
            shop = program.shop();
            provider = new Shop(providerPort);
        }

        void sell(String key) {
            shop.sells(CrashJourney.sku(key), "9.90", CrashJourney.PIECES)
                    .sells(CrashJourney.otherSku(key), "0.25", CrashJourney.PIECES);
        }

        /** The order is settled, the stock is where it belongs, and the provider has taken and given back what it should. */
        void expectOutcome(CrashJourney journey, String key) {
            JsonNode order = shop.orderView(CrashJourney.orderId(key));
            assertThat(order.get("status").asString()).as("status").isEqualTo(journey.status);
            assertThat(order.at("/payment/status").asString()).as("payment").isEqualTo(journey.paymentStatus);
            expectStock(CrashJourney.sku(key), journey.onHand);
            expectStock(CrashJourney.otherSku(key), journey.otherOnHand);
            JsonNode account = provider.get("/v1/payments/" + PaymentId.forOrder(OrderId.of(CrashJourney.orderId(key))))
                    .expect(200)
                    .body();
            assertThat(amounts(account)).as("at the provider").isEqualTo(journey.account());
        }

        private static List<String> amounts(JsonNode account) {
            return Stream.of("captured", "refunded")
                    .map(amount -> account.at("/" + amount + "/amount").asString("0"))
                    .toList();
        }

        private void expectStock(String sku, long onHand) {
            JsonNode stock = shop.stock(sku);
            assertThat(stock.get("onHand").asLong()).as(sku + " on hand").isEqualTo(onHand);
            assertThat(stock.get("reserved").asLong()).as(sku + " reserved").isZero();
        }

        /**
         * The order's timeline. What happens to its products and its payment at the same time comes in any order. A step
         * that took longer because of the kill may have been asked for again: that is to change nothing else.
         */
        List<String> events(String key) {
            return shop.timeline(CrashJourney.orderId(key)).stream()
                    .filter(event -> !event.equals("OrderStepExpired"))
                    .sorted()
                    .toList();
        }

        void expectNothingTakenTwice() {
            JsonNode books = provider.get("/v1/ledger/summary").expect(200).body();
            assertThat(books.get("paymentsCapturedTwice").asLong()).isZero();
            assertThat(books.get("doubleCaptureAttempts").asLong()).isZero();
            assertThat(books.get("paymentsRefundedBeyondCapture").asLong()).isZero();
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
