// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.peerwerk.node.NodeLimits;
import org.jspecify.annotations.Nullable;

/**
 * The limits that the user has set last: a JSON object in the home, which outlives the process, and the modules' own
 * copy. Who is kept out must stay out; so a damaged file keeps the node from starting rather than being dropped.
 */
public final class KeptLimits implements AutoCloseable {
    private static final int LONGEST = 256 * 1024;

    /** Takes limits to the modules. */
    @FunctionalInterface
    public interface Modules {
        void apply(NodeLimits limits) throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final Modules modules;
    private volatile NodeLimits now;
    private boolean closed;

    /**
     * Reads the file, if there is one.
     *
     * @throws IOException in one line, if it cannot be read or makes no sense
     */
    public KeptLimits(Path file, Modules modules) throws IOException {
        this.file = file;
        this.modules = modules;
        this.now = Files.notExists(file) ? NodeLimits.NONE : read(file);
    }

    private static NodeLimits read(Path file) throws IOException {
        String json = new String(PrivateFiles.read(file, LONGEST), StandardCharsets.UTF_8);
        try {
            NodeLimits.@Nullable Change set = new Gson().fromJson(json, NodeLimits.Change.class);
            if (set == null) {
                throw new JsonParseException("there is nothing in it");
            }
            return NodeLimits.NONE.with(set);
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged (without it the node has no limits of its own): "
                    + e.getMessage(), e);
        }
    }

    NodeLimits now() {
        return now;
    }

    /** See {@link io.peerwerk.node.Node#change}. */
    NodeLimits change(NodeLimits.Change wanted) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the node has ended");
            }
            NodeLimits next = now.with(wanted);
            if (!next.equals(now)) {
                String json = new Gson().toJson(NodeLimits.Change.to(next));
                PrivateFiles.replace(file, json.getBytes(StandardCharsets.UTF_8));
                now = next;
            }
            modules.apply(next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing changes any more: the home and the modules are another node's soon. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
