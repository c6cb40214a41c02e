package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures how long a running program takes for pages of its console, from the request to the last byte. */
public final class BenchPages {

    private static final int WARM_UP = 200;
    private static final int REQUESTS = 300;
    private static final Pattern ORDER = Pattern.compile("href=\"/console/orders/([0-9a-f-]{36})\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI program;
    private final PrintStream out;

    private BenchPages(URI program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    /** Measures the program at the address that is given. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String url = arguments.length == 2 && arguments[0].equals("--url") ? arguments[1] : "http://localhost:8080";
        new BenchPages(URI.create(url), System.out).measure();
    }

    private void measure() throws IOException, InterruptedException {
        String list = get("/console/orders");
        Matcher links = ORDER.matcher(list);
        String first = links.results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There are no orders yet: scripts/load 50"));
        long orders = ORDER.matcher(list).results().count();
        out.println("pages, milliseconds                                p50     p95");
        print("a page of " + orders + " orders", "/console/orders");
        print("one order, with all that there is", first.substring("href=\"".length(), first.length() - 1));
        print("the shop", "/shop");
    }

    private void print(String kind, String path) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            get(path);
        }
        long[] nanos = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            get(path);
            nanos[i] = System.nanoTime() - begun;
        }
        Percentiles times = new Percentiles(nanos);
        out.println(String.format(Locale.ROOT, "  %-42s %7.1f %7.1f", kind, times.millisAt(50), times.millisAt(95)));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(program.resolve(path)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }
}
