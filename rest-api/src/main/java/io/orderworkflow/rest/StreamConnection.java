package io.orderworkflow.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer without an end, which is written as its client takes it. Nobody ever waits for the client: what cannot be
 * written now is asked for again when the server says that it can be. A client that takes nothing at all is given up by
 * the server, after its timeout for connections.
 */
final class StreamConnection implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);

    private final Source source;
    private final AsyncContext request;
    private final ServletOutputStream output;

    /** Whoever has something to say writes, and so does the server's thread when the client has taken some. */
    private final Lock writing = new ReentrantLock();

    private boolean open;
    private boolean unflushed;
    private boolean ended;

    private StreamConnection(Source source, AsyncContext request, ServletOutputStream output) {
        this.source = source;
        this.request = request;
        this.output = output;
    }

    /** Answers the request with what the source has, from now on. The header is written already. */
    static StreamConnection open(Source source, HttpServletRequest request, ServletResponse response)
            throws IOException {
        ServletResponse plain = response;
        // Spring's wrapper belongs to the part of the request that ends here.
        while (plain instanceof ServletResponseWrapper wrapper) {
            plain = wrapper.getResponse();
        }
        AsyncContext async = request.startAsync(request, plain);
        async.setTimeout(0);
        StreamConnection connection = new StreamConnection(source, async, plain.getOutputStream());
        async.addListener(connection);
        connection.output.setWriteListener(connection);
        return connection;
    }

    /** The server can take something for the first time, or again. */
    @Override
    public void onWritePossible() {
        writing.lock();
        try {
            open = !ended;
            write();
        } finally {
            writing.unlock();
        }
    }

    /** The source has something to say. */
    void wake() {
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
    }

    private void write() {
        if (!open) {
            return;
        }
        try {
            while (output.isReady()) {
                byte[] next = source.next();
                if (next != null) {
                    output.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    output.flush();
                } else {
                    return;
                }
            }
        } catch (IOException | RuntimeException gone) {
            // The server notices as well, and calls.
            log.debug("a stream's client is gone", gone);
            end();
        }
    }

    /** Ends the answer from this side. */
    void close() {
        writing.lock();
        try {
            if (!ended) {
                end();
                request.complete();
            }
        } catch (RuntimeException over) {
            log.debug("the stream is over already", over);
        } finally {
            writing.unlock();
        }
    }

    private void end() {
        open = false;
        if (!ended) {
            ended = true;
            source.ended();
        }
    }

    private void over(boolean completed) {
        writing.lock();
        try {
            end();
            if (!completed) {
                request.complete();
            }
        } catch (RuntimeException over) {
            log.debug("the stream is over already", over);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void onError(Throwable failure) {
        over(false);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over(true);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        over(false);
    }

    @Override
    public void onError(AsyncEvent event) {
        over(false);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /** What is written. */
    interface Source {

        /** What comes next; {@code null} if there is nothing for now: then the connection is to be woken later. */
        byte @Nullable [] next();

        /** Nothing is written any more. Called once. */
        void ended();
    }
}
