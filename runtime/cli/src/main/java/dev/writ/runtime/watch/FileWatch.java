package dev.writ.runtime.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says that something happens in folders. What it is, their files tell best: an editor writes beside a file and renames, a
 * checkout changes many at once, and events may be lost when they are many.
 */
public final class FileWatch implements AutoCloseable {
    /** A save is over when nothing has happened for so long. */
    private static final long QUIET_MILLIS = 60;

    /** Whoever writes without a pause is not waited for. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    public FileWatch() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    /** Follows these folders from now on, and no others; one that is gone is left out. */
    public void follow(Set<Path> folders) throws IOException {
        keys.entrySet().removeIf(known -> {
            boolean isLeft = !folders.contains(known.getKey());
            if (isLeft) {
                known.getValue().cancel();
            }
            return isLeft || !known.getValue().isValid();
        });
        for (Path folder : folders) {
            if (!keys.containsKey(folder)) {
                try {
                    keys.put(folder, folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
                } catch (NoSuchFileException | NotDirectoryException gone) {
                    // Its parent says when it is back.
                }
            }
        }
    }

    /** Waits until something has happened, and is over. */
    public void await() throws InterruptedException {
        @Nullable WatchKey key = service.take();
        long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = System.nanoTime() < patience ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
