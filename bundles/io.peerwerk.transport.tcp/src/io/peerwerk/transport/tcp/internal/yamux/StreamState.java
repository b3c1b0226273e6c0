// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

/** What a session knows of one stream. */
final class StreamState {

    final int id;

    /** Whether the next frame sent opens the stream (1) or accepts it (2), as a flag to be set; else 0. */
    int greeting;

    /** Whether this end has opened the stream and the peer has not answered yet. */
    boolean unanswered;

    /** Whether the session has forgotten the stream. */
    boolean gone;

    // out
    long sendCredit = YamuxOptions.INITIAL_WINDOW;
    long queued;
    boolean finishWanted;
    boolean finishSent;
    boolean inTurn;
    long turnUsed;

    // in
    int window = YamuxOptions.INITIAL_WINDOW;
    long receiveCredit = YamuxOptions.INITIAL_WINDOW;
    long consumed;
    long updateOwed;
    long updatedAt;
    boolean finished;
    boolean ignored;
    long ignoredAt;

    StreamState(int id, int greeting, long now) {
        this.id = id;
        this.greeting = greeting;
        this.updatedAt = now;
    }

    /** Whether there is something that may be sent. */
    boolean canSend() {
        return queued > 0 ? sendCredit > 0 : finishWanted && !finishSent;
    }

    int takeGreeting() {
        int flag = greeting;
        greeting = 0;
        return flag;
    }
}
