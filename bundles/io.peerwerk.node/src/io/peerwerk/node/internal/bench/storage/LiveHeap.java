// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what lives on the heap of another process, again and again until it is closed: a histogram by {@code jcmd},
 * which collects the garbage first.
 */
final class LiveHeap implements AutoCloseable {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final long PAUSE_MILLIS = 250;

    private final Path jcmd;
    private final long pid;
    private final Thread thread;
    private final CompletableFuture<Void> seenOnce = new CompletableFuture<>();
    private volatile long most;
    private volatile long looked;

    private LiveHeap(Path jcmd, long pid) {
        this.jcmd = jcmd;
        this.pid = pid;
        thread = Thread.ofPlatform().daemon().name("heap of " + pid).start(this::look);
    }

    /**
     * Has looked once when it returns.
     *
     * @throws IOException where there is no JDK with {@code jcmd}, or the process cannot be looked at
     */
    static LiveHeap watch(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException("the heap of another process is looked at with a JDK's jcmd, which is missing");
        }
        var heap = new LiveHeap(jcmd, pid);
        try {
            heap.seenOnce.get();
            return heap;
        } catch (ExecutionException e) {
            throw new IOException("cannot look at the heap of process " + pid, e.getCause());
        }
    }

    private void look() {
        try {
            while (true) {
                most = Math.max(most, live());
                looked++;
                seenOnce.complete(null);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            seenOnce.completeExceptionally(e);
        } catch (InterruptedException e) {
            seenOnce.completeExceptionally(e);
        }
    }

    private long live() throws IOException {
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true).start();
        long bytes = -1;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher total = TOTAL.matcher(line);
                if (total.lookingAt()) {
                    bytes = Long.parseLong(total.group(1));
                }
            }
        } finally {
            process.destroy();
        }
        if (bytes < 0) {
            throw new IOException("jcmd tells no total");
        }
        return bytes;
    }

    /** The most bytes that were seen. */
    long most() {
        return most;
    }

    /** How often it looked. */
    long looked() {
        return looked;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
