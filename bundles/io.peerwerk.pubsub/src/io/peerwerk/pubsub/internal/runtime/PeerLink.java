// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.pubsub.internal.gossipsub.Version;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.RpcCodec;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import org.jspecify.annotations.Nullable;

/** The stream on which this peer sends to another one, for as long as it holds. */
final class PeerLink implements AutoCloseable {

    /** A peer that takes nothing for so long is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LASTING = Duration.ofMinutes(1);

    private final Connection connection;
    private final Version version;
    private final BiConsumer<PeerLink, IOException> broken;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SendQueue queue = new SendQueue();
    private final long since = System.nanoTime();
    private @Nullable Stream stream;
    private boolean closed;

    /** @param broken hears once that the stream has failed, on a thread of the link */
    PeerLink(Connection connection, Version version, BiConsumer<PeerLink, IOException> broken) {
        this.connection = connection;
        this.version = version;
        this.broken = broken;
    }

    /** Opens the stream and begins to send. */
    void start() {
        Thread.ofVirtual().name("pubsub-to-" + peer().brief()).start(this::run);
    }

    PeerId peer() {
        return connection.peer();
    }

    Connection connection() {
        return connection;
    }

    Version version() {
        return version;
    }

    /** Whether it has held for so long that its end has nothing to do with those before it. */
    boolean hasLasted() {
        return System.nanoTime() - since > LASTING.toNanos();
    }

    /** Has a record sent, sooner or later. Never blocks; false if the peer takes so little that it is of no use. */
    boolean send(Rpc rpc) {
        lock.lock();
        try {
            boolean taken = closed || queue.offer(rpc);
            changed.signal();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Stream opened = connection.open(version.protocol());
            opened.timeout(PATIENCE);
            if (!adopt(opened)) {
                return;
            }
            Thread.ofVirtual().name("pubsub-watch-" + peer().brief()).start(() -> watch(opened));
            write(opened);
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            close();
        }
    }

    private boolean adopt(Stream opened) {
        lock.lock();
        try {
            stream = opened;
            if (closed) {
                opened.reset();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void write(Stream to) throws IOException, InterruptedException {
        for (Rpc rpc = next(); rpc != null; rpc = next()) {
            Frames.write(to.output(), RpcCodec.encode(rpc));
            if (isIdle()) {
                to.output().flush();
            }
        }
        to.close();
    }

    /** The next record; waits for one. Null once the link is closed. */
    private @Nullable Rpc next() throws InterruptedException {
        lock.lock();
        try {
            Rpc rpc = queue.poll();
            while (rpc == null && !closed) {
                changed.await();
                rpc = queue.poll();
            }
            return closed ? null : rpc;
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return queue.size() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is said on this stream the other way: but here it shows that the peer does not speak the protocol. */
    private void watch(Stream opened) {
        boolean ended = false;
        while (!ended) {
            ended = heardTheEnd(opened);
        }
    }

    private boolean heardTheEnd(Stream opened) {
        try {
            if (opened.input().read() >= 0) {
                throw new IOException("the peer speaks where it should listen");
            }
            return true; // it will not speak here: fine
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            fail(e);
            return true;
        }
    }

    private void fail(IOException why) {
        if (end()) {
            broken.accept(this, why);
        }
    }

    /** Whether this was the end of it. */
    private boolean end() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signal();
            if (first && stream != null) {
                stream.reset();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the stream up; what waits is lost. */
    @Override
    public void close() {
        end();
    }
}
