package io.orderworkflow.payment.builtin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files that fault scenarios are written down in: those that the program brings along, and those of a folder. */
final class FaultFiles {

    private static final String SUFFIX = ".json";
    private static final String SHIPPED = "classpath*:faults/*" + SUFFIX;
    private static final String TOKENS = "classpath:tokens/test-tokens.json";

    private FaultFiles() {}

    /** The tokens that the provider always knows. */
    static FaultScenario tokens() {
        return read(new PathMatchingResourcePatternResolver().getResource(TOKENS));
    }

    /**
     * All scenarios, by name. One of the folder takes the place of one of the same name that the program brings along.
     *
     * @param folder where further ones are; {@code null} if there are none
     * @throws IllegalArgumentException if there is no such folder, or a file breaks a rule, which the message tells
     */
    static Map<String, FaultScenario> scenarios(@Nullable Path folder) {
        Map<String, FaultScenario> found = new TreeMap<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                FaultScenario scenario = read(resource);
                found.put(scenario.name(), scenario);
            }
            if (folder != null) {
                files(folder).forEach(file -> {
                    FaultScenario scenario = read(file);
                    found.put(scenario.name(), scenario);
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fault scenarios could not be read", e);
        }
        return found;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("order-workflow.faults.folder must be a folder: " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static FaultScenario read(Path file) {
        try {
            return FaultFile.read(
                    nameOf(Objects.requireNonNull(file.getFileName()).toString()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FaultScenario read(Resource resource) {
        try {
            return FaultFile.read(
                    nameOf(Objects.requireNonNull(resource.getFilename())), resource.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(String file) {
        return file.substring(0, file.length() - SUFFIX.length());
    }
}
