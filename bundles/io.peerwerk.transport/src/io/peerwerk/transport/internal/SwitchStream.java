// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.UnsupportedProtocolException;
import io.peerwerk.transport.internal.multistream.Line;
import io.peerwerk.transport.internal.multistream.Proposer;
import io.peerwerk.transport.internal.multistream.Responder;
import io.peerwerk.transport.internal.multistream.Step;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.StreamReceiver;

/**
 * A raw muxed stream, fed by the event loop, made a blocking stream for virtual threads.
 *
 * <p>An outgoing stream starts with its protocol's proposal in the output buffer: it leaves with the first bytes
 * written, and the answer is looked at when the first byte is read. An incoming one is negotiated before its handler
 * sees it.
 *
 * <p>The end of the output is told only after the peer has answered the proposal, unless nobody waits for it. Peers of
 * js-libp2p may start to listen for the end when they have found the protocol's handler, and miss one that came
 * earlier, such as together with the proposal. The whole answer is waited for, since the header may come long before
 * the rest. That is all that can be seen from here: nothing on the wire tells when the handler has begun.
 */
final class SwitchStream implements Stream, StreamReceiver, StreamInput.Owner {

    private final SwitchConnection connection;
    private final Means means;
    private final StreamInput input;
    private final StreamOutput output;
    /** What {@link #ending} gathers; the end is told when it has both. */
    private static final int ANSWERED = 1;
    private static final int ENDED = 2;

    /** What a proposal is answered with: the header, then the protocol or that it is not available. */
    private static final int ANSWER_LINES = 2;

    /** What {@link #over} gathers; the stream counts no more when it has all three. */
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int HANDLER = 4;

    private final AtomicInteger ending = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final ReentrantLock negotiating = new ReentrantLock();
    private volatile @Nullable Proposer proposer;
    private volatile @Nullable UnsupportedProtocolException refused;
    private volatile String protocol;
    private volatile @Nullable MuxedStream raw;
    private volatile Meter meter = Meter.NONE;
    /** Lines of the answer that have not come yet, on the event loop. */
    private int linesToCome = ANSWER_LINES;

    private SwitchStream(SwitchConnection connection, String protocol, @Nullable Proposer proposer, Means means) {
        this.connection = connection;
        this.means = means;
        this.protocol = protocol;
        this.proposer = proposer;
        this.input = new StreamInput(this, means);
        this.output = new StreamOutput(means, () -> part(OUTPUT));
        if (proposer == null) {
            ending.set(ANSWERED);
        } else {
            over.set(HANDLER);
        }
    }

    /** A stream that is about to be opened from here; {@link #attach} completes it. */
    static SwitchStream outgoing(SwitchConnection connection, String protocol, Means means) {
        return new SwitchStream(connection, protocol, new Proposer(List.of(protocol)), means);
    }

    /** A stream that the peer has opened and not named yet. */
    static SwitchStream incoming(SwitchConnection connection, MuxedStream raw, Means means) {
        var stream = new SwitchStream(connection, "", null, means);
        stream.attachRaw(raw);
        return stream;
    }

    /** Puts the muxed stream under an outgoing stream and the proposal into its buffer. */
    void attach(MuxedStream muxed) throws IOException {
        attachRaw(muxed);
        Proposer opening = proposer;
        if (opening != null) {
            output.write(opening.start());
        }
    }

    private void attachRaw(MuxedStream muxed) {
        raw = muxed;
        output.attach(muxed, () -> end(ENDED));
    }

    /** Sets who hears of the bytes; before there are any. */
    void meter(Meter who) {
        meter = who;
    }

    /** The handler has returned. */
    void handled() {
        part(HANDLER);
    }

    @Override
    public void inputEnded() {
        part(INPUT);
    }

    @Override
    public void overrun() {
        connection.overrun(this);
        muxed().reset();
        fail("this host has no memory for the stream");
    }

    /** Whether its handler is at it still. */
    boolean isBeingHandled() {
        return (over.get() & HANDLER) == 0;
    }

    private void part(int ended) {
        int before = over.getAndUpdate(has -> has | ended);
        if ((before | ended) == (INPUT | OUTPUT | HANDLER) && before != (before | ended)) {
            means.lease().close();
            meter.ended();
        }
    }

    private void end(int event) {
        int before = ending.getAndUpdate(has -> has | event);
        if ((before | event) == (ANSWERED | ENDED) && before != (before | event)) {
            muxed().finish();
        }
    }

    /**
     * Settles the protocol of an incoming stream.
     *
     * @param limit the longest that all of it may take: a peer that says a byte now and then holds a stream no longer
     * @return the protocol; empty if the peer went on with one that is not spoken, which it has been told
     */
    Optional<String> negotiate(Predicate<String> speaks, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        var responder = new Responder(speaks);
        int answers = 0;
        while (true) {
            Step step;
            try {
                step = responder.receive(Line.read(rawInput(() -> timeout(left(end)))));
            } catch (FormatException e) {
                if (answers > 1) {
                    return Optional.empty();
                }
                throw e;
            }
            switch (step) {
                case Step.Send(byte[] lines) -> {
                    send(lines);
                    answers++;
                }
                case Step.Agreed(String agreed, byte[] lines) -> {
                    send(lines);
                    protocol = agreed;
                    return Optional.of(agreed);
                }
                case Step.Wait wait -> {
                }
                case Step.NothingInCommon none -> throw new FormatException("no protocol in common");
            }
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private void send(byte[] lines) throws IOException {
        output.write(lines);
        output.flush();
    }

    @Override
    public void beforeRead() throws IOException {
        flushBeforeRead();
        if (proposer != null || refused != null) {
            settleProposal();
        }
    }

    private void flushBeforeRead() throws IOException {
        try {
            output.flushIfIdle();
        } catch (StreamResetException e) {
            // the read tells why, perhaps better: the peer may have said that it does not speak the protocol
        }
    }

    /** Waits until the peer has agreed to the protocol of an outgoing stream that nobody reads yet. */
    void agree() throws IOException {
        output.flush();
        settleProposal();
    }

    private void settleProposal() throws IOException {
        negotiating.lock();
        try {
            Proposer open = proposer;
            while (open != null) {
                switch (open.receive(Line.read(rawInput(() -> { })))) {
                    case Step.Agreed agreed -> open = null;
                    case Step.NothingInCommon none -> {
                        refused = new UnsupportedProtocolException(protocol);
                        open = null;
                        reset();
                    }
                    case Step.Wait wait -> {
                    }
                    case Step.Send send -> {
                    }
                }
            }
            proposer = null;
            UnsupportedProtocolException no = refused;
            if (no != null) {
                throw no;
            }
        } finally {
            negotiating.unlock();
        }
    }

    private InputStream rawInput(Runnable beforeEach) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                beforeEach.run();
                byte[] one = new byte[1];
                return input.readRaw(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }
        };
    }

    private MuxedStream muxed() {
        MuxedStream muxed = raw;
        if (muxed == null) {
            throw new IllegalStateException("the stream is not attached");
        }
        return muxed;
    }

    // ---- the raw stream's events, on the event loop

    @Override
    public void data(ByteBuf bytes) {
        meter.received(bytes.readableBytes());
        if (linesToCome > 0 && (ending.get() & ANSWERED) == 0) {
            countLines(bytes);
        }
        input.data(bytes);
    }

    /** A line has one newline, at its end. */
    private void countLines(ByteBuf bytes) {
        bytes.forEachByte(b -> b != '\n' || --linesToCome > 0);
        if (linesToCome == 0) {
            end(ANSWERED);
        }
    }

    @Override
    public void dataComplete() {
        input.dataComplete();
    }

    @Override
    public void finished() {
        input.finished();
    }

    @Override
    public void reset(String why) {
        connection.ended(this);
        fail(why);
    }

    private void fail(String why) {
        input.fail(why, proposer != null);
        output.fail(why);
    }

    @Override
    public boolean grow(int bytes) {
        return input.grow(bytes);
    }

    @Override
    public void sent(int bytes) {
        meter.sent(bytes);
        output.sent(bytes);
    }

    @Override
    public void consumed(int bytes) {
        MuxedStream muxed = raw;
        if (muxed != null) {
            muxed.consumed(bytes);
        }
    }

    // ---- the API

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void timeout(Duration limit) {
        input.limit(limit.toNanos());
        output.limit(limit.toNanos());
    }

    @Override
    public void reset() {
        muxed().reset();
        output.fail("the stream was reset here");
        input.close();
    }

    @Override
    public void close() {
        try {
            output.close();
        } catch (StreamResetException e) {
            // it is gone already, which is what a close wants
        } catch (IOException e) {
            muxed().reset();
        }
        end(ANSWERED);
        input.close();
        muxed().ignoreInput();
    }

    @Override
    public String toString() {
        return "stream " + protocol + " of " + connection;
    }
}
