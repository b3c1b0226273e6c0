// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

import io.peerwerk.pubsub.internal.wire.Rpc;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one peer: control first, then messages, then gossip, each in order. Bounded: gossip gives
 * way to the rest, and messages to control. Not thread-safe.
 */
final class SendQueue {

    /** Bytes that wait at most: some seconds of a busy network. */
    static final long MAX_BYTES = 4 << 20;

    /** Records that wait at most. */
    static final int MAX_RECORDS = 4_096;

    /** What a record takes besides what is in it, and an id with its field; roughly. */
    private static final int RECORD = 64;
    private static final int ID = 48;

    private final Deque<Rpc> control = new ArrayDeque<>();
    private final Deque<Rpc> messages = new ArrayDeque<>();
    private final Deque<Rpc> gossip = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    /** Takes a record, or drops it, or others for it; false if there is no room even for what must not be lost. */
    boolean offer(Rpc rpc) {
        if (rpc.isGossip()) {
            return add(gossip, rpc) || lose();
        }
        makeRoom(rpc, gossip);
        if (rpc.subscriptions().isEmpty() && rpc.control().isEmpty()) {
            return add(messages, rpc) || lose();
        }
        makeRoom(rpc, messages);
        return add(control, rpc);
    }

    /** A record less: so it is. */
    private boolean lose() {
        dropped++;
        return true;
    }

    private void makeRoom(Rpc rpc, Deque<Rpc> from) {
        while (!hasRoom(rpc) && !from.isEmpty()) {
            drop(from);
        }
    }

    private boolean add(Deque<Rpc> to, Rpc rpc) {
        if (!hasRoom(rpc)) {
            return false;
        }
        to.addLast(rpc);
        bytes += cost(rpc);
        return true;
    }

    private void drop(Deque<Rpc> from) {
        bytes -= cost(from.removeFirst());
        dropped++;
    }

    private boolean hasRoom(Rpc rpc) {
        return bytes + cost(rpc) <= MAX_BYTES && size() < MAX_RECORDS;
    }

    private static long cost(Rpc rpc) {
        Rpc.Control c = rpc.control();
        long cost = RECORD + ID * (rpc.subscriptions().size() + c.iwant().size() + c.idontwant().size()
                + c.graft().size() + c.prune().size());
        for (Rpc.IHave offer : c.ihave()) {
            cost += ID * (1 + offer.ids().size());
        }
        return cost + rpc.messages().stream().mapToLong(message -> 256 + message.size()).sum();
    }

    /** The next record to send; null if none waits. */
    @Nullable Rpc poll() {
        Deque<Rpc> next = !control.isEmpty() ? control : !messages.isEmpty() ? messages : gossip;
        Rpc rpc = next.pollFirst();
        if (rpc != null) {
            bytes -= cost(rpc);
        }
        return rpc;
    }

    int size() {
        return control.size() + messages.size() + gossip.size();
    }

    /** Records that were dropped so far. */
    long dropped() {
        return dropped;
    }
}
