package io.orderworkflow.benchmarks.inside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many times as fast as others the program is, by the medians of runs that took turns. */
public final class Ratios {

    private static final Pattern RESULT = Pattern.compile("RESULT +(\\S+) +([0-9.]+) orders/s.*invariants ok.*");

    private Ratios() {}

    /** Prints what the lines in a file come to; the first of them is of those whose ratios are told. */
    public static void main(String[] arguments) throws IOException {
        of(Files.readAllLines(Path.of(arguments[0]))).forEach(System.out::println);
    }

    static List<String> of(Collection<String> lines) {
        Map<String, List<Double>> runs = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher result = RESULT.matcher(line);
            // Whoever failed has no speed.
            if (result.matches()) {
                runs.computeIfAbsent(result.group(1), any -> new ArrayList<>()).add(Double.valueOf(result.group(2)));
            }
        }
        return runs.isEmpty() ? List.of("nothing was measured") : told(runs);
    }

    private static List<String> told(Map<String, List<Double>> runs) {
        double ours = median(runs.values().iterator().next());
        return runs.entrySet().stream()
                .map(run -> String.format(
                        Locale.ROOT,
                        "MEDIAN %-14s %8.0f orders/s of %d runs  ours is %6.2f times as fast",
                        run.getKey(),
                        median(run.getValue()),
                        run.getValue().size(),
                        ours / median(run.getValue())))
                .toList();
    }

    private static double median(List<Double> runs) {
        double[] sorted =
                runs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
