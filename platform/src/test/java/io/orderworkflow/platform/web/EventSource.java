package io.orderworkflow.platform.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads server-sent events as a browser does, and keeps them. Open it, then wait for what it is to get. */
public final class EventSource implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger comments = new AtomicInteger();
    private volatile String lastEventId = "";
    private volatile boolean ended;

    private EventSource(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** Opens a stream; the answer has begun when this returns. */
    public static EventSource open(URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            EventSource source =
                    new EventSource(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            Thread reader = new Thread(source::read, "event-source");
            reader.setDaemon(true);
            reader.start();
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String type = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(lastEventId, type, data.toString(), System.nanoTime()));
                    }
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.startsWith("id: ")) {
                    lastEventId = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring("data: ".length()));
                }
            }
        } catch (IOException closed) {
            // By either side.
        } finally {
            ended = true;
        }
    }

    public int status() {
        return response.statusCode();
    }

    /** A header of the answer; empty if it has none of that name. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** What was told until now. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** How many lines that are no events, such as heartbeats, were got until now. */
    public int comments() {
        return comments.get();
    }

    /** What to come back with. */
    public String lastEventId() {
        return lastEventId;
    }

    /** Whether the stream is over. */
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An event.
     *
     * @param id the last id that was told, by this event or before
     * @param type its name
     * @param data what it tells
     * @param at when it was got, in nanoseconds of this machine
     */
    public record Event(String id, String type, String data, long at) {}
}
