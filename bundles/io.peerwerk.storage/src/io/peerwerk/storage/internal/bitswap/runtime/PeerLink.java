// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.bitswap.BlockSource;
import io.peerwerk.storage.internal.bitswap.Envelope;
import io.peerwerk.storage.internal.bitswap.Message;
import io.peerwerk.storage.internal.bitswap.MessageCodec;
import io.peerwerk.storage.internal.bitswap.Payload;
import io.peerwerk.storage.internal.bitswap.Prefix;
import io.peerwerk.storage.internal.bitswap.Presence;
import io.peerwerk.storage.internal.bitswap.Version;
import io.peerwerk.storage.internal.bitswap.WantEntry;
import io.peerwerk.storage.internal.bitswap.WireLimits;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said to one peer: what is wanted of it, of which only the last word about each block counts, and one turn of
 * what it wants. A thread and a stream are there while there is something to say, and a little longer.
 */
final class PeerLink {

    /** A peer that takes nothing for so long is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a stream stays open without a message; other makes wait for ten seconds and then reset it. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** Words that wait at most; a session says fewer at the same time, so a peer with more does not read. */
    static final int WORDS = 4096;

    /** Entries of one message: those of the wants that are kept of a peer. */
    private static final int ENTRIES = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    /** Whose link it is; called on the link's own thread. */
    interface Owner {

        /** The connection on which streams to the peer are opened. */
        Optional<Connection> connection(PeerId peer);

        /** The blocks that are sent. */
        BlockSource source();

        /** The peer's turn is over: so much was sent. */
        void sent(PeerLink link, long bytes, int blocks);

        /** The peer takes nothing, or cannot be spoken to. */
        void failed(PeerLink link, IOException why);
    }

    /** What is written next: one of the two. */
    private record Work(@Nullable Message wants, @Nullable Envelope turn) {
    }

    private final PeerId peer;
    private final Version version;
    private final Owner owner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Cid, WantEntry> words = new LinkedHashMap<>();
    private boolean full;
    private @Nullable Envelope turn;
    private boolean running;
    private boolean closed;
    private @Nullable Stream stream;

    PeerLink(PeerId peer, Version version, Owner owner) {
        this.peer = peer;
        this.version = version;
        this.owner = owner;
    }

    PeerId peer() {
        return peer;
    }

    /** Has the peer told what is wanted. Never blocks; false if it takes nothing. */
    boolean tell(boolean all, List<WantEntry> entries) {
        lock.lock();
        try {
            full |= all;
            for (WantEntry entry : entries) {
                words.remove(entry.cid());
                words.put(entry.cid(), entry);
            }
            wake();
            return words.size() <= WORDS;
        } finally {
            lock.unlock();
        }
    }

    /** Has a turn sent. Never blocks; not before the last one is over. */
    void give(Envelope envelope) {
        lock.lock();
        try {
            turn = envelope;
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        changed.signal();
        if (!running && !closed && hasWork()) {
            running = true;
            Thread.ofVirtual().name("bitswap-to-" + peer.brief()).start(this::run);
        }
    }

    private boolean hasWork() {
        return full || !words.isEmpty() || turn != null;
    }

    /** Ends it; what was not sent is lost. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
            if (stream != null) {
                stream.reset();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Stream out = null;
        try {
            for (Work work = next(); work != null; work = next()) {
                out = write(work, out);
            }
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            close();
            owner.failed(this, e);
        } catch (InterruptedException e) {
            close();
        } catch (RuntimeException e) { // the edge of the thread
            LOG.error("a mistake of ours while speaking to {}", peer.brief(), e);
            close();
            owner.failed(this, new IOException(e));
        }
    }

    /** What comes next; waits for it a little. Null when there was nothing: then the thread ends. */
    private @Nullable Work next() throws InterruptedException {
        Work work = poll();
        while (work == null && !rests()) {
            work = poll();
        }
        return work;
    }

    private @Nullable Work poll() throws InterruptedException {
        lock.lock();
        try {
            long left = LINGER.toNanos();
            while (!hasWork() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed || !hasWork() ? null : take();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is still nothing to do; from then on another thread does what comes. */
    private boolean rests() {
        lock.lock();
        try {
            running = hasWork() && !closed;
            stream = running ? stream : null;
            return !running;
        } finally {
            lock.unlock();
        }
    }

    private Work take() {
        if (!full && words.isEmpty()) {
            var work = new Work(null, turn);
            turn = null;
            return work;
        }
        List<WantEntry> entries = words.values().stream().limit(ENTRIES).toList();
        entries.forEach(entry -> words.remove(entry.cid()));
        var work = new Work(Message.wants(full, entries), null);
        full = false;
        return work;
    }

    // ---- on the thread of the link, without the lock

    /** Writes on a stream, or on a new one where the peer has ended that since. Gives the stream that is in use now. */
    private Stream write(Work work, @Nullable Stream on) throws IOException {
        if (on != null) {
            try {
                write(work, on.output());
                return on;
            } catch (StreamResetException e) {
                LOG.debug("the stream to {} was reset: {}", peer.brief(), e.getMessage());
            }
        }
        Stream fresh = open();
        write(work, fresh.output());
        return fresh;
    }

    private Stream open() throws IOException {
        Stream opened = owner.connection(peer).orElseThrow(() -> new IOException("the connection has gone"))
                .open(version.protocol());
        opened.timeout(PATIENCE);
        lock.lock();
        try {
            stream = opened;
            if (closed) {
                opened.reset();
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private void write(Work work, OutputStream out) throws IOException {
        if (work.wants() != null) {
            send(work.wants(), out);
        }
        if (work.turn() != null) {
            write(work.turn(), out);
        }
    }

    private void write(Envelope envelope, OutputStream out) throws IOException {
        List<Presence> presences = new ArrayList<>(envelope.presences());
        List<Payload> batch = new ArrayList<>();
        long batched = 0;
        long sent = 0;
        int count = 0;
        for (Cid cid : envelope.blocks()) {
            Optional<ByteBuffer> data = read(cid);
            if (data.isEmpty()) {
                presences.add(new Presence(cid, false));
                continue;
            }
            int size = data.get().remaining();
            if (!batch.isEmpty() && batched + size > WireLimits.WRITTEN_MESSAGE) {
                send(Message.answer(batch, List.of(), envelope.pendingBytes()), out);
                batch.clear();
                batched = 0;
            }
            batch.add(new Payload(Prefix.of(cid), data.get()));
            batched += size;
            sent += size;
            count++;
        }
        send(Message.answer(batch, presences, envelope.pendingBytes()), out);
        owner.sent(this, sent, count);
    }

    private void send(Message message, OutputStream out) throws IOException {
        Frames.write(out, MessageCodec.encode(message, version));
        out.flush(); // so that it is known to have failed while it can be said again
    }

    /** A block that cannot be read is one that is not there: the peer may find it elsewhere. */
    private Optional<ByteBuffer> read(Cid cid) {
        try {
            return owner.source().get(cid).filter(data -> data.remaining() <= Block.MAX_BYTES);
        } catch (IOException e) {
            LOG.warn("cannot read the block {}: {}", cid, e.getMessage());
            return Optional.empty();
        }
    }
}
