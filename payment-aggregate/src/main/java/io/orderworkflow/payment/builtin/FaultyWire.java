package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire between the built-in provider and its clients, where faults are enabled: it passes on what is said, and does
 * what a server of HTTP cannot do to itself. It refuses connections, resets those on which the server hung up, and says
 * an answer twice.
 */
final class FaultyWire implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FaultyWire.class);

    private static final int BACKLOG = 1024;
    private static final int BUFFER = 16 * 1024;

    private final URI server;
    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("built-in-provider-wire-"));
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listening;
    private int port;

    /**
     * Begins to listen.
     *
     * @param server where the server listens
     * @param port that clients connect to; any free one if 0
     */
    FaultyWire(URI server, int port) {
        this.server = server;
        this.port = port;
        listen(true);
    }

    /** Where clients connect to. */
    synchronized URI uri() {
        return URI.create("http://" + server.getHost() + ":" + port + "/");
    }

    /** Lets clients connect; or refuses that from now on, and resets the connections there are. */
    synchronized void listen(boolean listens) {
        if (listens == (listening != null)) {
            return;
        }
        if (listens) {
            open();
        } else {
            stopListening();
            log.info("the built-in payment provider is out of reach");
        }
    }

    private void open() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            listening = socket;
            port = socket.getLocalPort();
            threads.execute(() -> accept(socket));
            log.info("the built-in payment provider can be reached at {}", uri());
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in payment provider cannot listen on port " + port, e);
        }
    }

    private void stopListening() {
        if (listening != null) {
            close(listening);
            listening = null;
        }
        clients.forEach(FaultyWire::reset);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                if (socket.isClosed()) {
                    reset(client);
                }
                connect(client);
            } catch (IOException e) {
                log.debug("no more connections are accepted", e);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        AtomicBoolean awaitsAnswer = new AtomicBoolean();
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        } catch (IOException e) {
            clients.remove(client);
            reset(client);
            throw e;
        }
        threads.execute(() -> passRequests(client, upstream, awaitsAnswer));
        threads.execute(() -> passAnswers(client, upstream, awaitsAnswer));
    }

    private static void passRequests(Socket client, Socket upstream, AtomicBoolean awaitsAnswer) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitsAnswer.set(true);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            log.debug("a client is gone", e);
        } finally {
            close(upstream);
        }
    }

    private void passAnswers(Socket client, Socket upstream, AtomicBoolean awaitsAnswer) {
        try {
            WireAnswers answers = new WireAnswers(upstream.getInputStream());
            OutputStream out = client.getOutputStream();
            for (WireAnswers.Answer answer = answers.next(); answer != null; answer = answers.next()) {
                awaitsAnswer.set(false);
                out.write(answer.bytes());
                if (answer.twice()) {
                    out.write(answer.bytes());
                }
                out.flush();
            }
            if (awaitsAnswer.get()) {
                reset(client);
            }
        } catch (IOException e) {
            log.debug("a connection is gone", e);
            reset(client);
        } finally {
            close(client);
            close(upstream);
            clients.remove(client);
        }
    }

    /** Ends a connection as if the machine at the other end had vanished: without a farewell. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            log.debug("it is closed already", e);
        }
        close(socket);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            log.debug("it could not be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        stopListening();
        threads.shutdown();
    }
}
