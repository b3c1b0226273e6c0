// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;

/**
 * Cuts the bytes of a link into frames and hands on what follows from them, in order: an action that comes after a
 * frame's bytes waits until these have come.
 */
final class Incoming {

    /** Takes what follows. */
    interface Sink {

        /** A piece of a data frame. The sink owns the buffer. */
        void body(int stream, ByteBuf piece);

        /** Anything else than bytes. */
        void act(Action action);
    }

    /** No stream has this id. */
    private static final int NOBODY = 0;

    private final FrameParser parser = new FrameParser();
    private final ArrayDeque<Action> todo = new ArrayDeque<>();
    private final YamuxSession session;
    private final Sink sink;
    private int bodyOf;
    private int bodyLeft;

    Incoming(YamuxSession session, Sink sink) {
        this.session = session;
        this.sink = sink;
    }

    /** Takes bytes until a frame is done or no more are there. */
    void step(ByteBuf in) throws YamuxException {
        if (bodyLeft > 0) {
            int length = Math.min(bodyLeft, in.readableBytes());
            bodyLeft -= length;
            if (bodyOf == NOBODY) {
                in.skipBytes(length);
            } else {
                sink.body(bodyOf, in.readRetainedSlice(length));
            }
        } else {
            Frame frame = parser.next(in);
            if (frame == null) {
                return;
            }
            todo.addAll(session.receive(frame, System.nanoTime()));
        }
        while (bodyLeft == 0 && !todo.isEmpty()) {
            next(todo.remove());
        }
    }

    private void next(Action action) {
        switch (action) {
            case Action.Deliver(int stream, int length) -> {
                bodyOf = stream;
                bodyLeft = length;
            }
            case Action.Discard(int length) -> {
                bodyOf = NOBODY;
                bodyLeft = length;
            }
            default -> sink.act(action);
        }
    }
}
