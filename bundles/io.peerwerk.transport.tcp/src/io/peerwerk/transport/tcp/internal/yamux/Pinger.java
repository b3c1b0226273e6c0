// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.Optional;

/** The pings of a session: measures the round trip and notices a dead link. At most one is under way. */
final class Pinger {

    private final YamuxOptions options;
    private long roundTrip = -1;
    private long value;
    private long sentAt;
    private long heardAt;
    private long dueAt;
    private boolean underWay;

    Pinger(YamuxOptions options, long now) {
        this.options = options;
        this.dueAt = now;
        this.heardAt = now;
    }

    /** Something came in: a link that carries data is not dead, however long the ping waits behind it. */
    void heard(long now) {
        heardAt = now;
    }

    void answered(long answer, long now) {
        if (underWay && answer == value) {
            long measured = now - sentAt;
            roundTrip = roundTrip < 0 ? measured : Math.min(measured, (7 * roundTrip + measured) / 8);
            underWay = false;
            dueAt = now + options.keepAlive().toNanos();
        }
    }

    boolean isOverdue(long now) {
        return underWay && now - Math.max(sentAt, heardAt) > options.pingLimit().toNanos();
    }

    /** The ping to send now, if one is due. */
    Optional<Frame> next(long now) {
        if (underWay || now - dueAt < 0) {
            return Optional.empty();
        }
        underWay = true;
        sentAt = now;
        value = (value + 1) & 0xffff_ffffL;
        return Optional.of(new Frame(Frame.Type.PING, Frame.SYN, 0, value));
    }

    boolean knowsRoundTrip() {
        return roundTrip >= 0;
    }

    /** The round trip in nanoseconds. */
    long roundTrip() {
        return roundTrip;
    }
}
