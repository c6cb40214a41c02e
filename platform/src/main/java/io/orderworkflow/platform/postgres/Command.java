package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program that ends by itself and says something. */
final class Command {

    private Command() {}

    /**
     * What a program answered.
     *
     * @param exitCode 0 when it went well
     * @param output everything it wrote
     */
    record Answer(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }

    static Answer run(ProcessBuilder command) throws IOException, InterruptedException {
        return run(command, "");
    }

    /** Runs the command with the given text as its standard input. */
    static Answer run(ProcessBuilder command, String input) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // The program ended without reading; why, it says in its answer.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output.strip());
    }

    /** Whether a program of that name is to be found without saying where. */
    static boolean exists(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(Pattern.quote(System.getProperty("path.separator"))))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
