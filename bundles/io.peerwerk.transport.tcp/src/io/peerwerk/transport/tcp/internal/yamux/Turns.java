// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;

import org.jspecify.annotations.Nullable;

/**
 * The order in which streams send: those that can send wait in a line, and go to its end after each turn. A stream
 * that would be opened by its frame waits apart while the peer has not answered too many others.
 */
final class Turns {

    private final ArrayDeque<StreamState> line = new ArrayDeque<>();
    private final LinkedHashSet<StreamState> unopened = new LinkedHashSet<>();
    private final int backlog;
    private int unanswered;

    /** @param backlog streams that the peer may leave unanswered */
    Turns(int backlog) {
        this.backlog = backlog;
    }

    /** Puts a stream in the line, if it can send and is not there yet. */
    void add(StreamState stream) {
        if (!stream.inTurn && stream.canSend()) {
            stream.inTurn = true;
            line.add(stream);
        }
    }

    /** Takes the stream whose turn it is; null if none can send. */
    @Nullable StreamState next() {
        for (StreamState stream = line.poll(); stream != null; stream = line.poll()) {
            stream.inTurn = false;
            if (stream.gone || !stream.canSend()) {
                continue;
            }
            if (stream.greeting == Frame.SYN && unanswered >= backlog) {
                unopened.add(stream);
            } else {
                return stream;
            }
        }
        return null;
    }

    /** A stream has sent a frame; while its turn lasts and it can send more, it is the next again. */
    void sent(StreamState stream, long bytes, int turn) {
        stream.turnUsed += bytes;
        if (stream.turnUsed < turn && stream.canSend()) {
            stream.inTurn = true;
            line.addFirst(stream);
        } else {
            stream.turnUsed = 0;
            add(stream);
        }
    }

    /** A stream's opening frame has been made. */
    void opened(StreamState stream) {
        stream.unanswered = true;
        unanswered++;
    }

    /** The peer has answered an opening, or the stream is gone: one more may be opened. */
    void answered(StreamState stream) {
        if (stream.unanswered) {
            stream.unanswered = false;
            unanswered--;
            if (!unopened.isEmpty()) {
                add(unopened.removeFirst());
            }
        }
    }

    /** A stream is gone. */
    void remove(StreamState stream) {
        stream.gone = true;
        unopened.remove(stream);
        answered(stream);
    }
}
