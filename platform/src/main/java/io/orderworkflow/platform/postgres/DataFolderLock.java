package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one program at a time use a data folder.
 *
 * <p>The lock is the operating system's, so it ends with the program however that ends; nothing about it can be stale.
 * It is the program that holds it, not the database: a database whose program was killed is nobody's and may be ended.
 */
final class DataFolderLock implements AutoCloseable {

    /** One lock per folder and JVM, for closing any channel to a file gives up all the JVM's locks on it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataFolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Locks the folder, which must be given by its real path. */
    static DataFolderLock acquire(Path folder) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, self);
        }
        boolean acquired = false;
        try {
            DataFolderLock lock = new DataFolderLock(folder, lock(folder, self));
            acquired = true;
            return lock;
        } finally {
            if (!acquired) {
                HELD_HERE.remove(folder);
            }
        }
    }

    private static FileChannel lock(Path folder, String self) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("postgres.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (channel.tryLock() == null) {
                throw inUse(folder, holder(channel));
            }
            locked = true;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        // For people only: the one who is locked out is told by whom.
        channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static EmbeddedPostgresException inUse(Path folder, String holder) {
        return new EmbeddedPostgresException(
                "The data folder %s is in use by another running program (process %s).".formatted(folder, holder),
                "Stop that program, or give this one a folder of its own"
                        + " with --order-workflow.postgres.data-directory=<folder>.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(folder);
    }
}
